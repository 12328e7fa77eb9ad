using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Goals;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Conversions;

/// <summary>What owners see of keys.</summary>
public sealed class KeyCards(AdvocacyDb db, ActionTokens tokens, PublicAddress address, IOptions<ConversionOptions> options)
{
    private static readonly TimeSpan ButtonLifetime = TimeSpan.FromDays(30);

    /// <summary>The keys that work, the oldest first, with the way to make, rotate and revoke them.</summary>
    public async Task<AdaptiveCard> ListAsync(TurnContext turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        var keys = await Working(db, turn).OrderBy(k => k.Id).ToListAsync(cancellationToken);
        var tied = await db.Conversions.CountAsync(c => c.WorkspaceId == turn.Workspace.Id && c.Type != null && c.ReversedAt == null && c.CampaignId != null, cancellationToken);
        var untied = await db.Conversions.CountAsync(c => c.WorkspaceId == turn.Workspace.Id && c.Type != null && c.ReversedAt == null && c.CampaignId == null, cancellationToken);
        var body = new List<CardElement>
        {
            new TextBlock(t["Conversions.KeysTitle"]) { Weight = "Bolder", Style = "heading" },
            new TextBlock(t.Format("Conversions.KeysWhat", ("address", Endpoint), ("days", options.Value.WindowDays))),
            new FactSet { Facts = [new(t["Conversions.Tied"], t.Number(tied)), new(t["Conversions.Untied"], t.Number(untied))] },
        };
        foreach (var key in keys)
        {
            body.Add(new Container
            {
                Separator = true,
                Rtl = t.Language.RightToLeft,
                Items =
                [
                    new TextBlock(Bidi.Isolate(CardText.Escape(key.PublicId), t.Language)) { Weight = "Bolder" },
                    new TextBlock(Line(key, turn)) { IsSubtle = true, Size = "Small", Spacing = "None" },
                    new ActionSet
                    {
                        Actions =
                        [
                            .. key.ExpiresAt is null ? [Button(t["Conversions.ButtonRotate"], ConversionRoutes.Rotate, key.Id, turn)] : Array.Empty<CardAction>(),
                            Button(t["Conversions.ButtonRevoke"], ConversionRoutes.Revoke, key.Id, turn) with { Style = "destructive" },
                        ],
                    },
                ],
            });
        }

        return Notice.For(t, body, [Button(t["Conversions.ButtonMake"], ConversionRoutes.Make, 0, turn)]);
    }

    /// <summary>A new key, with its secret: the only time it is shown.</summary>
    /// <param name="made">The key.</param>
    /// <param name="rotated">The one whose place it takes; null: none.</param>
    /// <param name="turn">Whose language.</param>
    public AdaptiveCard New(NewConversionKey made, ConversionKey? rotated, TurnContext turn)
    {
        ArgumentNullException.ThrowIfNull(made);
        ArgumentNullException.ThrowIfNull(turn);
        var t = turn.Texts;
        return Notice.For(t,
        [
            new TextBlock(t["Conversions.NewTitle"]) { Weight = "Bolder", Style = "heading" },
            new TextBlock(t["Conversions.NewOnce"]) { Color = "Attention" },
            new FactSet
            {
                Facts =
                [
                    new(t["Conversions.KeyId"], CardText.Escape(made.PublicId)),
                    new(t["Conversions.Secret"], CardText.Escape(made.Secret)),
                    new(t["Conversions.Address"], CardText.Escape(Endpoint)),
                ],
            },
            .. rotated is null
                ? Array.Empty<CardElement>()
                : [new TextBlock(t.Format("Conversions.Rotated", ("key", CardText.Escape(rotated.PublicId)), ("hours", (int)ConversionKeys.Overlap.TotalHours)))],
            new TextBlock(t["Conversions.NewHow"]) { IsSubtle = true, Size = "Small" },
        ]);
    }

    internal static IQueryable<ConversionKey> Working(AdvocacyDb db, TurnContext turn) =>
        db.ConversionKeys.Where(k => k.WorkspaceId == turn.Workspace.Id && k.RevokedAt == null && (k.ExpiresAt == null || k.ExpiresAt > turn.Now));

    private string Endpoint => new Uri(address.Root, "api/conversions").AbsoluteUri;

    private static string Line(ConversionKey key, TurnContext turn)
    {
        var t = turn.Texts;
        var made = t.Format("Conversions.KeyMade", ("day", Day(key.CreatedAt)));
        var used = key.UsedAt is { } at ? t.Format("Conversions.KeyUsed", ("day", Day(at))) : t["Conversions.KeyNotUsed"];
        return key.ExpiresAt is { } end ? $"{made} · {used} · {t.Format("Conversions.KeyEnds", ("day", Day(end)))}" : $"{made} · {used}";

        string Day(DateTimeOffset when) => GoalWords.Day(CampaignTimes.Local(when, turn.Workspace.TimeZone).Date, t);
    }

    private ExecuteAction Button(string title, string verb, long subject, TurnContext turn) => new()
    {
        Title = title,
        Verb = verb,
        Data = new ActionData(tokens.Protect(new ActionToken(verb, turn.Person.Id, subject, 0, 0, "", turn.Now + ButtonLifetime))),
    };
}
