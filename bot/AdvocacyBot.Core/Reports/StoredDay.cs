namespace AdvocacyBot.Core.Reports;

/// <summary>A day as it stands in the database.</summary>
/// <param name="Day">Number of the day.</param>
/// <param name="Facts">Null: nothing happened.</param>
/// <param name="Seen">Null: nobody has looked yet.</param>
internal sealed record StoredDay(int Day, byte[]? Facts, byte[]? Seen);
