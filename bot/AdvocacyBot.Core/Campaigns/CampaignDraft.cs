using System.Text.Json.Nodes;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Core.Campaigns;

/// <summary>A campaign while it is being composed or edited: what the dialog keeps between its steps.</summary>
public sealed record CampaignDraft
{
    public const int MaxTexts = 5;

    public string Link { get; init; } = "";

    public string Title { get; init; } = "";

    public string Summary { get; init; } = "";

    public string ImageUrl { get; init; } = "";

    public string ImageAlt { get; init; } = "";

    public ContentType ContentType { get; init; }

    public string Language { get; init; } = "en";

    public int Minutes { get; init; } = 2;

    public string SponsorName { get; init; } = "";

    public string SponsorMessage { get; init; } = "";

    /// <summary>Whose words they are, where it is somebody with the sponsor role.</summary>
    public long? SponsorId { get; init; }

    public string SponsorImageUrl { get; init; } = "";

    public string SponsorImageAlt { get; init; } = "";

    public SponsorAsk? SponsorAsk { get; init; }

    /// <summary>The suggestion it is made of.</summary>
    public long? SuggestionId { get; init; }

    public IReadOnlyList<string> Networks { get; init; } = [];

    public IReadOnlyList<DraftText> Texts { get; init; } = [];

    /// <summary>Ids of the conversations.</summary>
    public IReadOnlyList<long> Channels { get; init; } = [];

    /// <summary>Whom it reaches beside the channels; null: nobody.</summary>
    public Audience? Audience { get; init; }

    /// <summary>Wall clock <c>yyyy-MM-ddTHH:mm</c> in each channel's zone, or "" for at once.</summary>
    public string Start { get; init; } = "";

    /// <summary>Wall clock as <see cref="Start"/>, or "" for open-ended.</summary>
    public string End { get; init; } = "";

    public static CampaignDraft From(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return new CampaignDraft
        {
            Link = campaign.Link,
            Title = campaign.Title,
            Summary = campaign.Summary,
            ImageUrl = campaign.ImageUrl ?? "",
            ImageAlt = campaign.ImageAlt ?? "",
            ContentType = campaign.ContentType,
            Language = campaign.Language,
            Minutes = campaign.Minutes,
            SponsorName = campaign.SponsorName ?? "",
            SponsorMessage = campaign.SponsorMessage ?? "",
            SponsorId = campaign.SponsorId,
            SponsorImageUrl = campaign.SponsorImageUrl ?? "",
            SponsorImageAlt = campaign.SponsorImageAlt ?? "",
            SponsorAsk = campaign.SponsorAsk,
            SuggestionId = campaign.SuggestionId,
            Networks = campaign.NetworkKeys,
            Texts = [.. campaign.Texts.OrderBy(text => text.Position).Select(text => new DraftText(text.Language, text.Text))],
            Channels = [.. campaign.Prompts.Where(prompt => !prompt.Direct).Select(prompt => prompt.ConversationId)],
            Audience = Audience.Parse(campaign.Audience),
            Start = campaign.LocalStart ?? "",
            End = campaign.LocalEnd ?? "",
        };
    }

    /// <summary>Writes the words over those of a campaign. Texts keep their row and their count of uses where their words did not change.</summary>
    public void ApplyTo(Campaign campaign, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        campaign.Link = Link;
        campaign.Title = Title;
        campaign.Summary = Summary;
        campaign.ImageUrl = ImageUrl.Length == 0 ? null : ImageUrl;
        campaign.ImageAlt = ImageAlt.Length == 0 ? null : ImageAlt;
        campaign.ContentType = ContentType;
        campaign.Language = Language;
        campaign.Minutes = Minutes;
        campaign.SponsorName = SponsorName.Length == 0 ? null : SponsorName;
        campaign.SponsorMessage = SponsorMessage.Length == 0 ? null : SponsorMessage;
        campaign.SponsorId = SponsorId;
        campaign.SponsorImageUrl = SponsorImageUrl.Length == 0 ? null : SponsorImageUrl;
        campaign.SponsorImageAlt = SponsorImageAlt.Length == 0 ? null : SponsorImageAlt;
        campaign.SponsorAsk = SponsorAsk;
        campaign.SuggestionId = SuggestionId;
        campaign.Networks = string.Join(',', Networks);
        campaign.Audience = Audience?.ToString();
        campaign.LocalStart = Start.Length == 0 ? null : Start;
        campaign.LocalEnd = End.Length == 0 ? null : End;
        campaign.UpdatedAt = now;
        campaign.Version++;

        var kept = new List<CampaignText>();
        for (var i = 0; i < Texts.Count; i++)
        {
            var (language, text) = Texts[i];
            var row = campaign.Texts.FirstOrDefault(old => old.Language == language && old.Text == text && !kept.Contains(old))
                ?? new CampaignText { CampaignId = campaign.Id, Language = language, Text = text };
            row.Position = i;
            kept.Add(row);
        }

        campaign.Texts.RemoveAll(old => !kept.Contains(old));
        campaign.Texts.AddRange(kept.Except(campaign.Texts).ToList());
    }

    /// <summary>Names of what differs, for the audit log.</summary>
    public IReadOnlyList<string> Changes(CampaignDraft other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (before, after) = (InOrder(this).ToJson(), InOrder(other).ToJson());
        return [.. before.Select(field => field.Key).Where(name => !JsonNode.DeepEquals(before[name], after[name]))];

        static CampaignDraft InOrder(CampaignDraft draft) => draft with { Channels = [.. draft.Channels.Order()] };
    }

    public JsonObject ToJson() => new()
    {
        ["link"] = Link,
        ["title"] = Title,
        ["summary"] = Summary,
        ["imageUrl"] = ImageUrl,
        ["imageAlt"] = ImageAlt,
        ["contentType"] = ContentType.ToString(),
        ["language"] = Language,
        ["minutes"] = Minutes,
        ["sponsorName"] = SponsorName,
        ["sponsorMessage"] = SponsorMessage,
        ["sponsor"] = SponsorId,
        ["sponsorImage"] = SponsorImageUrl,
        ["sponsorImageAlt"] = SponsorImageAlt,
        ["sponsorAsk"] = SponsorAsk?.ToString(),
        ["suggestion"] = SuggestionId,
        ["networks"] = new JsonArray([.. Networks.Select(key => JsonValue.Create(key))]),
        ["texts"] = new JsonArray([.. Texts.Select(text => new JsonObject { ["language"] = text.Language, ["text"] = text.Text })]),
        ["channels"] = new JsonArray([.. Channels.Select(id => JsonValue.Create(id))]),
        ["audience"] = Audience?.ToJson(),
        ["start"] = Start,
        ["end"] = End,
    };

    public static CampaignDraft FromJson(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new CampaignDraft
        {
            Link = Read("link"),
            Title = Read("title"),
            Summary = Read("summary"),
            ImageUrl = Read("imageUrl"),
            ImageAlt = Read("imageAlt"),
            ContentType = Enum.TryParse<ContentType>(Read("contentType"), out var type) ? type : ContentType.News,
            Language = Read("language"),
            Minutes = (int?)json["minutes"] ?? 2,
            SponsorName = Read("sponsorName"),
            SponsorMessage = Read("sponsorMessage"),
            SponsorId = (long?)json["sponsor"],
            SponsorImageUrl = Read("sponsorImage"),
            SponsorImageAlt = Read("sponsorImageAlt"),
            SponsorAsk = Enum.TryParse<SponsorAsk>(Read("sponsorAsk"), out var ask) ? ask : null,
            SuggestionId = (long?)json["suggestion"],
            Networks = [.. (json["networks"] as JsonArray ?? []).Select(key => (string)key!)],
            Texts = [.. (json["texts"] as JsonArray ?? []).Select(text => new DraftText((string)text!["language"]!, (string)text["text"]!))],
            Channels = [.. (json["channels"] as JsonArray ?? []).Select(id => (long)id!)],
            Audience = Audience.FromJson(json["audience"] as JsonObject),
            Start = Read("start"),
            End = Read("end"),
        };

        string Read(string name) => (string?)json[name] ?? "";
    }
}

/// <param name="Language">ISO 639-1.</param>
/// <param name="Text">What a colleague would post, without the link.</param>
public sealed record DraftText(string Language, string Text);
