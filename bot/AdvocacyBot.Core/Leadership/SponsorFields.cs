using System.Globalization;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Localization;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Core.Leadership;

/// <summary>Somebody with the sponsor role.</summary>
public sealed record SponsorChoice(long Id, string Name);

/// <summary>Words of a sponsor, as they are composed.</summary>
/// <param name="Id">Whose they are, where it is somebody with the role; null: the name says it.</param>
public sealed record SponsorWords(long? Id, string Name, string Message, string ImageUrl, string ImageAlt, SponsorAsk? Ask)
{
    public static readonly SponsorWords None = new(null, "", "", "", "", null);
}

/// <summary>The part of a form that says who speaks for the company's leadership, what they say and whether they are asked.</summary>
internal static class SponsorFields
{
    public const int MaxName = 80;
    public const int MaxMessage = 500;
    private const int MaxAlt = 200;
    private const int MostChoices = 90;
    private const string Nobody = "0";
    private const string DoNotAsk = "no";
    private const string AskToAgree = "agree";
    private const string AskToWrite = "write";

    public static Task<List<SponsorChoice>> ReadAsync(AdvocacyDb db, long workspaceId, CancellationToken cancellationToken) => db.People.AsNoTracking()
        .Where(p => p.WorkspaceId == workspaceId && p.Reachable && (p.Roles & Roles.Sponsor) != Roles.None)
        .OrderBy(p => p.Name).ThenBy(p => p.Id).Take(MostChoices)
        .Select(p => new SponsorChoice(p.Id, p.Name)).ToListAsync(cancellationToken);

    /// <param name="words">What stands in the fields.</param>
    /// <param name="sponsors">Who can be chosen; without any, only a name can be given.</param>
    /// <param name="mayAsk">Whether the sponsor can be asked before the words are shown.</param>
    /// <param name="t">The composing person's language.</param>
    public static IReadOnlyList<CardElement> Show(SponsorWords words, IReadOnlyList<SponsorChoice> sponsors, bool mayAsk, Texts t) =>
    [
        .. sponsors.Count == 0 ? Array.Empty<CardElement>() :
        [
            new InputChoiceSet
            {
                Id = "sponsor",
                Label = t["Leadership.Sponsor"],
                Style = "compact",
                Value = (words.Id ?? 0).ToString(CultureInfo.InvariantCulture),
                Choices = [new Choice(t["Leadership.SponsorByName"], Nobody), .. sponsors.Select(s => new Choice(s.Name, s.Id.ToString(CultureInfo.InvariantCulture)))],
            },
        ],
        new InputText { Id = "sponsorName", Label = t["Campaigns.SponsorName"], Value = words.Name },
        new InputText { Id = "sponsorMessage", Label = t["Campaigns.SponsorMessage"], IsMultiline = true, Value = words.Message },
        .. sponsors.Count == 0 || !mayAsk ? Array.Empty<CardElement>() :
        [
            new InputChoiceSet
            {
                Id = "sponsorAsk",
                Label = t["Leadership.Ask"],
                Style = "compact",
                Value = words.Ask switch { null => DoNotAsk, SponsorAsk.ToWrite => AskToWrite, _ => AskToAgree },
                Choices = [new Choice(t["Leadership.AskNot"], DoNotAsk), new Choice(t["Leadership.AskToAgree"], AskToAgree), new Choice(t["Leadership.AskToWrite"], AskToWrite)],
            },
        ],
        new InputText { Id = "sponsorImage", Label = t["Leadership.Image"], Style = "Url", Value = words.ImageUrl, Placeholder = "https://" },
        new InputText { Id = "sponsorImageAlt", Label = t["Leadership.ImageAlt"], Value = words.ImageAlt },
    ];

    /// <summary>Adds what is wrong to <paramref name="errors"/>.</summary>
    public static void Check(FormInput input, IReadOnlyList<SponsorChoice> sponsors, PictureCheck pictures, Dictionary<string, string> errors, Texts t)
    {
        Limit("sponsorName", MaxName);
        Limit("sponsorMessage", MaxMessage);
        Limit("sponsorImageAlt", MaxAlt);
        var chosen = Chosen(input);
        if (chosen is not null && !sponsors.Any(s => s.Id == chosen))
        {
            errors["sponsor"] = t["Leadership.SponsorGone"];
        }

        var named = chosen is not null || input["sponsorName"].Length > 0;
        var asked = input["sponsorAsk"] is AskToAgree or AskToWrite;
        if (asked && chosen is null && (named || input["sponsorMessage"].Length > 0 || input["sponsorAsk"] == AskToWrite))
        {
            errors["sponsor"] = t["Leadership.AskWhom"];
        }

        if (named && input["sponsorMessage"].Length == 0 && input["sponsorAsk"] != AskToWrite)
        {
            errors["sponsorMessage"] = t["Campaigns.SponsorMessageMissing"];
        }
        else if (!named && (input["sponsorMessage"].Length > 0 || input["sponsorImage"].Length > 0))
        {
            errors["sponsorName"] = t["Campaigns.SponsorNameMissing"];
        }

        Picture(input, pictures, errors, t);

        void Limit(string field, int most)
        {
            if (input[field].Length > most)
            {
                errors[field] = t.Plural("Campaigns.TooLong", input[field].Length - most, ("limit", most));
            }
        }
    }

    /// <summary>What was typed.</summary>
    /// <param name="before">Words that the sponsor agreed to stay agreed while they are the same.</param>
    public static SponsorWords Read(FormInput input, IReadOnlyList<SponsorChoice> sponsors, SponsorWords before)
    {
        var sponsor = sponsors.FirstOrDefault(s => s.Id == Chosen(input));
        var message = Bidi.StripControls(input["sponsorMessage"]);
        var name = Bidi.StripControls(input["sponsorName"]);
        SponsorAsk? wish = input["sponsorAsk"] switch { AskToAgree => SponsorAsk.ToAgree, AskToWrite => SponsorAsk.ToWrite, _ => null };
        var stands = before.Ask == SponsorAsk.Agreed && before.Id == sponsor?.Id && before.Message == message;
        return new SponsorWords(
            sponsor?.Id,
            name.Length == 0 ? sponsor?.Name ?? "" : name,
            message,
            input["sponsorImage"],
            Bidi.StripControls(input["sponsorImageAlt"]),
            sponsor is null || wish is null ? null : stands ? SponsorAsk.Agreed : wish);
    }

    public static void Picture(FormInput input, PictureCheck pictures, Dictionary<string, string> errors, Texts t)
    {
        var image = input["sponsorImage"];
        if (image.Length > 0 && ComposeValidation.WebAddress(image) is null)
        {
            errors["sponsorImage"] = t["Campaigns.ImageBroken"];
        }
        else if (pictures.Misses(image))
        {
            errors["sponsorImage"] = t["Campaigns.ImageNotThere"];
        }
        else if (image.Length == 0 && input["sponsorImageAlt"].Length > 0)
        {
            errors["sponsorImage"] = t["Campaigns.ImageMissing"];
        }
        else if (image.Length > 0 && input["sponsorImageAlt"].Length == 0)
        {
            errors["sponsorImageAlt"] = t["Campaigns.ImageAltMissing"];
        }
    }

    private static long? Chosen(FormInput input) => long.TryParse(input["sponsor"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
