namespace AdvocacyBot.Host.Scheduling;

/// <summary>Section <c>Scheduler</c>.</summary>
internal sealed class SchedulerOptions
{
    public const string Section = "Scheduler";

    /// <summary>Several hosts share the database, which is PostgreSQL, and the work: Quartz keeps its schedule there.</summary>
    public bool Clustered { get; set; }

    /// <summary>How often a host says that it is alive, from 1 to 60 s. One that has been silent for twice as long loses its work to the others.</summary>
    public TimeSpan CheckIn { get; set; } = TimeSpan.FromSeconds(5);
}
