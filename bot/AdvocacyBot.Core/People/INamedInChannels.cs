namespace AdvocacyBot.Core.People;

/// <summary>A feature that names people in channels beside the credits of campaigns: takes a name out of what stands there. Runs in the caller's transaction.</summary>
public interface INamedInChannels
{
    /// <param name="personId">Who is not to be named any more.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    Task HideAsync(long personId, DateTimeOffset now, CancellationToken cancellationToken);
}
