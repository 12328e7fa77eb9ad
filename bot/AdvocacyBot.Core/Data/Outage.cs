using System.Data.Common;

namespace AdvocacyBot.Core.Data;

/// <summary>Whether work failed because of the database, out of reach or refusing, and not because of what was asked: the same may succeed later.</summary>
public static class Outage
{
    public static bool Is(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException)
            {
                return true;
            }
        }

        return false;
    }
}
