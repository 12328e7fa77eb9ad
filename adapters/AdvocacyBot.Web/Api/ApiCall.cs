using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.People;
using AdvocacyBot.Web.Chat;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Web.Api;

/// <summary>A request whose person is known.</summary>
internal sealed record ApiCall(HttpContext Http, Roster Roster, PersonInfo Person, Texts Texts)
{
    public string PersonId => Person.Ref.Id;

    /// <summary>A channel the person is in, or null.</summary>
    public ConversationRef? Conversation(string id) => Roster.Conversation(id, Person);

    public string Key(string requestId) => $"{PersonId}:{requestId}";
}
