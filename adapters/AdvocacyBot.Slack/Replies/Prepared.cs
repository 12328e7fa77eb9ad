using AdvocacyBot.Core.Chat;

namespace AdvocacyBot.Slack.Replies;

/// <summary>What a request comes down to.</summary>
internal abstract record Prepared
{
    private Prepared() { }

    /// <summary>For the log.</summary>
    public abstract string What { get; }

    /// <summary>Nothing has to be done for it.</summary>
    public sealed record Answered(Answer With) : Prepared
    {
        public static readonly Answered Nothing = new(Answer.Empty);

        public override string What => "answer";
    }

    /// <summary>Our own housekeeping; acknowledged when it is done.</summary>
    public sealed record Work(string Name, Func<CancellationToken, Task> Run) : Prepared
    {
        public override string What => Name;
    }

    /// <summary>An interaction for the programme.</summary>
    /// <param name="Interaction">What happened.</param>
    /// <param name="Place">Where its reply can be shown.</param>
    public sealed record Turn(Interaction Interaction, Place Place) : Prepared
    {
        public override string What => Interaction.GetType().Name;

        /// <summary>A form may be the reply, so that the right to open a view must not run out meanwhile.</summary>
        public bool MayOpenForm { get; init; }

        /// <summary>The acknowledgement that is the reply already; null where it has to be shown by another way.</summary>
        public Func<Reply, CancellationToken, ValueTask<Answer?>> Inline { get; init; } = static (_, _) => ValueTask.FromResult<Answer?>(null);

        /// <summary>The acknowledgement when the work takes longer than Slack waits.</summary>
        public Answer Late { get; init; }

        /// <summary>The view that <see cref="Late"/> leaves open.</summary>
        public ShownModal? LateModal { get; init; }

        /// <summary>Nobody is told anything: what happened was not done to the bot.</summary>
        public bool Quiet { get; init; }

        /// <summary>Runs when nothing could be stored and the same will come again.</summary>
        public Action? Undone { get; init; }

        /// <summary>Runs when the reply is shown.</summary>
        public Action? Done { get; init; }
    }
}
