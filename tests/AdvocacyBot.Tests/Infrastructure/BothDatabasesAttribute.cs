namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>A class of journeys that start with <see cref="TestBot.StartAsync"/>: <see cref="Data.PostgresJourneyTests"/> runs them on PostgreSQL as well.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class BothDatabasesAttribute : Attribute;
