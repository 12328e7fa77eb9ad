using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Data;

/// <summary>A Slack workspace, a Teams tenant or the Web channel's one workspace.</summary>
public sealed class Workspace
{
    public long Id { get; init; }

    public required string Platform { get; init; }

    public required string ExternalId { get; init; }

    public required string Name { get; set; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; set; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Since when all sending is stopped by hand; null: it is not.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>A <see cref="Programme.FourEyesRule"/> in its stored form; null: publishing takes one person.</summary>
    public string? FourEyes { get; set; }

    /// <summary>The first workspace of the programme that this one was joined to; null: it is a programme of its own, or the first of one.</summary>
    public long? ProgrammeId { get; set; }

    /// <summary>Working minutes a week that people may officially spend on sharing; null: what the settings say.</summary>
    public int? MinutesPerWeek { get; set; }

    public WorkspaceRef Ref => new(Platform, ExternalId);
}

/// <summary>A conversation the bot is, or was, in.</summary>
public sealed class Conversation
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public required string ExternalId { get; init; }

    public ConversationKind Kind { get; init; }

    public required string Name { get; set; }

    /// <summary>ISO 639-1, or null for the workspace's.</summary>
    public string? Language { get; set; }

    /// <summary>IANA id, or null for the workspace's.</summary>
    public string? TimeZone { get; set; }

    public bool DigestOn { get; set; } = true;

    /// <summary>Null: Sunday in Israel's zone, Monday elsewhere.</summary>
    public DayOfWeek? DigestDay { get; set; }

    /// <summary>Local hour, 0 to 23.</summary>
    public int DigestHour { get; set; } = 9;

    /// <summary>Teams only.</summary>
    public string? ServiceUrl { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RemovedAt { get; set; }

    public ConversationRef Ref => new(ExternalId, Kind, Name, ThreadId: null, ServiceUrl);
}

[Flags]
public enum Roles
{
    None = 0,
    Owner = 1,
    Comms = 2,
    Approver = 4,
    Sponsor = 8,
}

public sealed class Person
{
    /// <summary>Ids that begin so are no platform's: the row stands for somebody erased, whose deeds still count.</summary>
    public const string ErasedPrefix = "erased:";

    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public required string ExternalId { get; init; }

    public required string Name { get; set; }

    /// <summary>Chosen by the person, else as the platform reports it; ISO 639-1, or null when neither is known.</summary>
    public string? Language { get; set; }

    public string? TimeZone { get; set; }

    public Roles Roles { get; set; }

    /// <summary>When the person agreed to take part; null before that and after leaving.</summary>
    public DateTimeOffset? ConsentedAt { get; set; }

    /// <summary>Version of the policy text that was acknowledged.</summary>
    public string? PolicyVersion { get; set; }

    public DateTimeOffset? PolicyAcknowledgedAt { get; set; }

    /// <summary>May be thanked by name in a channel; off until chosen.</summary>
    public bool AppearByName { get; set; }

    /// <summary>Bots, guests and deactivated people are not.</summary>
    public bool Reachable { get; set; } = true;

    public DateTimeOffset CreatedAt { get; init; }

    public PersonRef Ref => new(ExternalId, Name, TimeZone);

    public Language? ChosenLanguage => Localization.Language.Find(Language);
}

/// <summary>One stay of a person in a conversation; who could see a prompt is read from these.</summary>
public sealed class Membership
{
    public long Id { get; init; }

    public long ConversationId { get; init; }

    public long PersonId { get; init; }

    public DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset? LeftAt { get; set; }
}

public enum CampaignState
{
    Draft = 0,
    Scheduled = 1,
    Running = 2,
    Paused = 3,
    Closed = 4,

    /// <summary>Another person is to look at it before it is posted, or posted again after an edit.</summary>
    AwaitingApproval = 5,
}

public enum ContentType
{
    News = 0,
    Product = 1,
    Job = 2,
    Event = 3,
    DayInTheLife = 4,
    ProductReview = 5,
    CustomerStory = 6,
    DemoVideo = 7,
    Webinar = 8,
    Opinion = 9,
    EmployeeStory = 10,
}

/// <summary>Where a sponsor stands who was asked about the words in their name; the numbers are stored.</summary>
public enum SponsorAsk
{
    /// <summary>Asked to agree to words that are there.</summary>
    ToAgree = 1,

    /// <summary>Asked to write them.</summary>
    ToWrite = 2,
    Agreed = 3,
    Declined = 4,
}

public sealed class Campaign
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long AuthorId { get; init; }

    /// <summary>Unguessable; names the campaign in UTM parameters and addresses.</summary>
    public required string Code { get; init; }

    public CampaignState State { get; set; }

    public required string Title { get; set; }

    public string Summary { get; set; } = "";

    /// <summary>http or https.</summary>
    public required string Link { get; set; }

    public string? ImageUrl { get; set; }

    public string? ImageAlt { get; set; }

    public ContentType ContentType { get; set; }

    /// <summary>Network keys (<c>linkedin,x,…</c>) in the order offered.</summary>
    public string Networks { get; set; } = "";

    /// <summary>Minutes it takes to share.</summary>
    public int Minutes { get; set; } = 2;

    public string? SponsorName { get; set; }

    public string? SponsorMessage { get; set; }

    /// <summary>Whose words <see cref="SponsorMessage"/> are, where it is somebody with the sponsor role.</summary>
    public long? SponsorId { get; set; }

    /// <summary>http or https.</summary>
    public string? SponsorImageUrl { get; set; }

    public string? SponsorImageAlt { get; set; }

    /// <summary>Null: the sponsor was not asked, the words are agreed elsewhere.</summary>
    public SponsorAsk? SponsorAsk { get; set; }

    /// <summary>Whether cards and pages may show the sponsor's words: nothing is said in somebody's name that they were asked about and have not agreed to.</summary>
    public bool ShowsSponsor => !string.IsNullOrEmpty(SponsorMessage) && SponsorAsk is null or Data.SponsorAsk.Agreed;

    /// <summary>What made it, where it comes again and again.</summary>
    public long? RecurrenceId { get; set; }

    /// <summary>The day of the recurrence, <c>yyyy-MM-dd</c>.</summary>
    public string? Occurrence { get; set; }

    /// <summary>ISO 639-1 of title and summary.</summary>
    public required string Language { get; set; }

    /// <summary>Wall clock, <c>yyyy-MM-ddTHH:mm</c>: each channel starts when its own zone's clock shows it. Null: at once.</summary>
    public string? LocalStart { get; set; }

    /// <summary>Wall clock as <see cref="LocalStart"/>. Null: open until closed.</summary>
    public string? LocalEnd { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The suggestion it was made of.</summary>
    public long? SuggestionId { get; set; }

    /// <summary>Ids of the people whose words it holds and nobody has approved yet, as <c>,3,12,</c>; they cannot approve it themselves.</summary>
    public string? WrittenBy { get; set; }

    /// <summary>Why an approver sent it back the last time, in their words.</summary>
    public string? SentBackReason { get; set; }

    /// <summary>When "stop everything" paused it; resuming everything resumes what this is set for.</summary>
    public DateTimeOffset? HeldAt { get; set; }

    /// <summary>Whom it reaches beside its channels: a <see cref="Broadcasts.Audience"/> in its stored form; null: nobody.</summary>
    public string? Audience { get; set; }

    /// <summary>When it was taken back: what was sent says so and nothing else.</summary>
    public DateTimeOffset? RetractedAt { get; set; }

    /// <summary>Counts edits; optimistic concurrency.</summary>
    public int Version { get; set; }

    public List<CampaignText> Texts { get; init; } = [];

    public List<Prompt> Prompts { get; init; } = [];

    public IReadOnlyList<string> NetworkKeys => Networks.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<long> Writers =>
        [.. (WrittenBy ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];

    public bool IsWrittenBy(long personId) => Writers.Contains(personId);

    public void AddWriter(long personId)
    {
        if (!IsWrittenBy(personId))
        {
            WrittenBy = string.Create(CultureInfo.InvariantCulture, $"{WrittenBy ?? ","}{personId},");
        }
    }
}

/// <summary>One suggested text of a campaign.</summary>
public sealed class CampaignText
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    /// <summary>0 to 4.</summary>
    public int Position { get; set; }

    public required string Language { get; set; }

    public required string Text { get; set; }

    /// <summary>How many colleagues were given it.</summary>
    public int Uses { get; set; }
}

/// <summary>A campaign in one channel, or, where <see cref="Direct"/>, in the direct messages of one workspace.</summary>
public sealed class Prompt
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long ConversationId { get; init; }

    /// <summary>
    /// Sent to people one by one. Its conversation stands for all of them: it exists on no platform, its members are those who were sent it, and each has a
    /// <see cref="Delivery"/>.
    /// </summary>
    public bool Direct { get; init; }

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset? EndsAt { get; set; }

    public DateTimeOffset? PostedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The platform's id of the posted card.</summary>
    public string? MessageId { get; set; }
}

/// <summary>A person taking up a campaign: their text, their personal link.</summary>
public sealed class Share
{
    public long Id { get; init; }

    public long WorkspaceId { get; init; }

    public long CampaignId { get; init; }

    /// <summary>The channel whose prompt brought the person here; everything that follows counts there.</summary>
    public long ConversationId { get; init; }

    public long PersonId { get; init; }

    public long? TextId { get; set; }

    public required string Text { get; set; }

    public required string Language { get; set; }

    /// <summary>Public part of the personal link <c>/l/{code}</c>; anyone may see it.</summary>
    public required string Code { get; init; }

    /// <summary>Private: <c>/go/{code}/…</c> and <c>/s/{code}</c> act for the person.</summary>
    public required string PrivateCode { get; init; }

    /// <summary>Counts withdrawn claims, so that a press on an old card can be told from one on the new.</summary>
    public int Generation { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Rungs of the evidence ladder and the other facts that are counted; the numbers are stored.</summary>
public enum LedgerKind
{
    Opened = 1,
    Said = 2,
    Posted = 3,
    Fetched = 4,
    Clicked = 5,
    Reacted = 6,
    Declined = 7,
    Suggested = 8,
}

/// <summary>Append-only: a withdrawal is a row with <see cref="Amount"/> -1 at the time of what it withdraws.</summary>
public sealed class LedgerEvent
{
    public long Id { get; init; }

    /// <summary>Unique; the same fact delivered again has the same key and is not counted again.</summary>
    public required string Key { get; init; }

    public long WorkspaceId { get; init; }

    public long ConversationId { get; init; }

    public long CampaignId { get; init; }

    public long PersonId { get; init; }

    public long? ShareId { get; init; }

    public LedgerKind Kind { get; init; }

    /// <summary>+1, or -1 for a reversal.</summary>
    public int Amount { get; init; }

    public string? Network { get; init; }

    /// <summary>Address of a post, name of a reaction.</summary>
    public string? Detail { get; init; }

    /// <summary>When it happened; for a reversal, when the reversed thing happened, so that the week it counted in is lowered.</summary>
    public DateTimeOffset At { get; init; }

    public DateTimeOffset RecordedAt { get; init; }
}

/// <summary>Whether a person's reaction stands on a prompt now; the ledger has its history.</summary>
public sealed class PromptReaction
{
    public long PromptId { get; init; }

    public long PersonId { get; init; }

    public required string Reaction { get; init; }

    public bool On { get; set; }

    /// <summary>The platform's time of the last change, so that changes arriving reversed end right.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>When it was last switched on: the time its ledger rows carry.</summary>
    public DateTimeOffset OnAt { get; set; }

    public int Changes { get; set; }
}

/// <summary>One request to a personal link, as it came, with the rule's verdict beside it.</summary>
public sealed class Click
{
    public long Id { get; init; }

    public long ShareId { get; init; }

    public long ConversationId { get; init; }

    public long CampaignId { get; init; }

    public string? Network { get; init; }

    public DateTimeOffset At { get; init; }

    public long UserAgentId { get; init; }

    /// <summary>Keyed hash of address and agent with a salt that is thrown away daily; 0 where unknown.</summary>
    public long Visitor { get; init; }

    /// <summary>Bits of <see cref="Links.ClickFlags"/>.</summary>
    public int Flags { get; init; }

    /// <summary>Value of <see cref="Links.ClickClass"/>.</summary>
    public int Class { get; set; }

    public int RuleVersion { get; set; }
}

public sealed class UserAgent
{
    public long Id { get; init; }

    /// <summary>At most 256 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Whose previews it makes by the click rule; null for what is no preview crawler.</summary>
    public string? Network { get; set; }

    /// <summary>Version of the rule that said so; null: not judged yet.</summary>
    public int? RuleVersion { get; set; }
}

public enum DeliveryKind
{
    /// <summary>A campaign's card in a channel.</summary>
    Prompt = 0,

    /// <summary>Brings a posted card up to date after an edit, pause or close.</summary>
    PromptUpdate = 1,

    /// <summary>A channel's weekly digest.</summary>
    Digest = 2,

    /// <summary>A direct message to one person about something of theirs.</summary>
    Note = 3,

    /// <summary>The message that opens the programme, in one channel; its subject is a <see cref="Data.Kickoff"/>.</summary>
    Kickoff = 10,

    /// <summary>A person thanks a person in a channel, and taking that out again.</summary>
    Thanks = 20,
}

public enum DeliveryState
{
    Pending = 0,
    Sending = 1,
    Sent = 2,
    Failed = 3,
    Skipped = 4,
    Unknown = 5,
}

/// <summary>The outbox: one row per message to send, written in the transaction that decided to send it.</summary>
public sealed class Delivery
{
    /// <summary>The <see cref="Priority"/> of broadcasts.</summary>
    public const int Bulk = 1;

    public long Id { get; init; }

    /// <summary>Shown to platforms.</summary>
    public Guid PublicId { get; init; }

    public long WorkspaceId { get; init; }

    public long ConversationId { get; init; }

    public DeliveryKind Kind { get; init; }

    /// <summary>Unique: what makes planning idempotent, e.g. <c>digest:12:2026-W48</c>.</summary>
    public required string Key { get; init; }

    public long? CampaignId { get; init; }

    public long? PromptId { get; init; }

    /// <summary>First day of the digest's week, <c>yyyy-MM-dd</c>.</summary>
    public string? Period { get; init; }

    /// <summary>Whom a direct message is for; <see cref="ConversationId"/> is then only where it came from, or what it counts in.</summary>
    public long? PersonId { get; init; }

    /// <summary>Lower goes first: 0 for what somebody waits for, <see cref="Bulk"/> for direct messages by the thousand.</summary>
    public int Priority { get; init; }

    /// <summary>What a note says, e.g. <c>suggestion.declined</c>.</summary>
    public string? Topic { get; init; }

    /// <summary>What a note is about: the id of a suggestion or campaign.</summary>
    public long? SubjectId { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>Machine-readable reason of a failure or skip, e.g. <c>channel_removed</c>.</summary>
    public string? Reason { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not to be sent before; retries move it.</summary>
    public DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string? MessageId { get; set; }

    /// <summary>
    /// Not stored: version of what the message says, as it was when it was built. An <see cref="Core.Delivery.IDeliveryContent"/> notes it for itself, since between
    /// building and sending it is not the same object.
    /// </summary>
    public int? BuiltVersion { get; set; }
}

/// <summary>A dialog stack of one person in one conversation.</summary>
public sealed class DialogState
{
    public long ConversationId { get; init; }

    public long PersonId { get; init; }

    public required string Stack { get; set; }

    /// <summary>Optimistic concurrency.</summary>
    public int Version { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Keys of interactions whose effect is committed.</summary>
public sealed class SeenInteraction
{
    public required string Key { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>Keys made at first start: action tokens, visitor salts.</summary>
public sealed class Secret
{
    public required string Name { get; init; }

    public required byte[] Value { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
