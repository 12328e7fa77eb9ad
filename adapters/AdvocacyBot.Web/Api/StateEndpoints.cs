using System.Collections;
using System.Globalization;
using System.Resources;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Web.Chat;
using AdvocacyBot.Web.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Web.Api;

/// <summary>Who and what there is: <c>GET state</c>, <c>GET channels</c>, <c>GET commands</c>.</summary>
internal sealed class StateEndpoints(RosterCache rosters, WebReader reader, RouteTable routes, IOptions<ProgrammeOptions> programme)
{
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> PageStrings =
        Language.All.ToDictionary(language => language.Code, ReadPageStrings);

    public async Task<IResult> StateAsync(HttpContext http, Texts texts, CancellationToken cancellationToken)
    {
        // The page asks after every press: whoever has just changed their language is to see it.
        var roster = await rosters.ReadNowAsync(cancellationToken);
        return Results.Json(
            new StateView(
                programme.Value.Name,
                roster is null ? [] : [.. roster.People.Select(person => View(person, roster))],
                roster is null ? [] : [.. roster.Channels.Select(channel => View(channel, null))],
                PageStrings),
            Wire.Json.StateView);
    }

    public async Task<IResult> ChannelsAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var channels = call.Roster.ChannelsOf(call.Person).ToList();
        var personal = call.Roster.Personal(call.PersonId);
        var last = await reader.LastSeqAsync([.. channels.Select(c => c.Ref.Id), personal.Id], call.PersonId, cancellationToken);
        var language = call.Texts.Language;
        return Results.Json(
            new ChannelsView(
            [
                .. channels.Select(channel => View(channel, last.GetValueOrDefault(channel.Ref.Id))),
                new ChannelView(
                    personal.Id, programme.Value.Name, "personal", language.Code, language.Direction, call.Roster.Workspace.TimeZone,
                    last.GetValueOrDefault(personal.Id)),
            ]),
            Wire.Json.ChannelsView);
    }

    public Task<IResult> CommandsAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var prefix = call.Http.Request.Query["prefix"].ToString().Trim();
        var found = routes.CommandsFor(call.Person).Where(route => route.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(Results.Json(
            new CommandsView([.. found.Select(route => new CommandView(route.Name, route.Usage, call.Texts.Find(route.DescriptionKey) ?? ""))]),
            Wire.Json.CommandsView));
    }

    private static PersonView View(PersonInfo person, Roster roster)
    {
        var language = roster.LanguageOf(person);
        return new PersonView(
            person.Ref.Id,
            person.Name,
            [.. Enum.GetValues<Roles>().Where(role => role != Roles.None && person.Has(role)).Select(role => role.ToString().ToLowerInvariant())],
            language.Code,
            language.Direction);
    }

    private static ChannelView View(ConversationInfo channel, long? lastSeq) => new(
        channel.Ref.Id, channel.Name, "channel", channel.Language.Code, channel.Language.Direction, channel.TimeZone, lastSeq);

    private static IReadOnlyDictionary<string, string> ReadPageStrings(Language language)
    {
        var resources = new ResourceManager("AdvocacyBot.Web.Strings.WebPage", typeof(StateEndpoints).Assembly);
        var neutral = resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return neutral.Cast<DictionaryEntry>().Select(entry => (string)entry.Key)
            .Concat(PluralKeys(resources, language))
            .Distinct()
            .ToDictionary(key => key, key => resources.GetString(key, language.Culture)!);
    }

    /// <summary>A language may have plural forms that English has not.</summary>
    private static IEnumerable<string> PluralKeys(ResourceManager resources, Language language) =>
        resources.GetResourceSet(language.Culture, createIfNotExists: true, tryParents: true)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
}
