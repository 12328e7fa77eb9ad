using System.Collections.ObjectModel;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Web.Chat;
using AdvocacyBot.Web.Data;
using Microsoft.AspNetCore.Http;

namespace AdvocacyBot.Web.Api;

/// <summary>Buttons, forms and reactions.</summary>
internal sealed class InteractionEndpoints(WebReader reader, WebWriter writer, Dispatcher dispatcher)
{
    private const int MaxToken = 2000;
    private const int MaxReaction = 32;

    public async Task<IResult> ActionAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var (request, problem) = await BodyReader.ReadAsync(call, RequestJson.Default.ActionRequest, cancellationToken);
        if (request is null || (problem = Missing(call, ("messageId", request.MessageId), ("token", request.Token))) is not null)
        {
            return problem!;
        }

        if (request.Token!.Length > MaxToken)
        {
            return Problems.Invalid(call.Texts, "WrongField", "token");
        }

        var (place, refused) = await FindAsync(call, request.Channel!, request.MessageId, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var turn = dispatcher.Begin(call, place.Conversation, request.Id);
        return Answer(await dispatcher.SendAsync(
            turn, turn.Press(request.Token, request.Inputs ?? NoInputs, request.MessageId!), place.Message, cancellationToken));
    }

    public async Task<IResult> FormAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var (request, problem) = await BodyReader.ReadAsync(call, RequestJson.Default.FormRequest, cancellationToken);
        if (request is null || (problem = Missing(call, ("token", request.Token), ("action", request.Action))) is not null)
        {
            return problem!;
        }

        if (request.Token!.Length > MaxToken)
        {
            return Problems.Invalid(call.Texts, "WrongField", "token");
        }

        var (place, refused) = await FindAsync(call, request.Channel!, request.MessageId, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var turn = dispatcher.Begin(call, place.Conversation, request.Id);
        return Answer(await dispatcher.SendAsync(
            turn, turn.Form(request.Token, request.Action!, request.Inputs ?? NoInputs, place.Message?.Id), place.Message, cancellationToken));
    }

    public async Task<IResult> ReactionAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var (request, problem) = await BodyReader.ReadAsync(call, RequestJson.Default.ReactionRequest, cancellationToken);
        if (request is null || (problem = Missing(call, ("messageId", request.MessageId), ("reaction", request.Reaction))) is not null)
        {
            return problem!;
        }

        if (request.Added is not { } added)
        {
            return Problems.Invalid(call.Texts, "MissingField", "added");
        }

        var reaction = request.Reaction!;
        if (reaction.Length > MaxReaction || reaction.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            return Problems.Invalid(call.Texts, "WrongField", "reaction");
        }

        var (place, refused) = await FindAsync(call, request.Channel!, request.MessageId, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        var message = place.Message!;
        if (message.VisibleTo is not null)
        {
            return Problems.Invalid(call.Texts, "PrivateReaction");
        }

        var reply = new ReplyView("none");
        if (message.AuthorId is null)
        {
            // The bot first, and even where nothing changes here: a request that is repeated because the host died in between must still reach it.
            var turn = dispatcher.Begin(call, place.Conversation, request.Id);
            reply = await dispatcher.SendAsync(turn, turn.Reaction(reaction, added, message.Id), source: null, cancellationToken);
        }

        await writer.ReactAsync(message.Id, call.PersonId, reaction, added);
        return Answer(reply);
    }

    private static readonly ReadOnlyDictionary<string, string> NoInputs = ReadOnlyDictionary<string, string>.Empty;

    private async Task<(Place Place, IResult? Problem)> FindAsync(
        ApiCall call, string channelId, string? messageId, CancellationToken cancellationToken)
    {
        if (call.Conversation(channelId) is not { } conversation)
        {
            return (default, Problems.UnknownChannel(call.Texts));
        }

        if (string.IsNullOrEmpty(messageId))
        {
            return (new Place(conversation, null), null);
        }

        var message = await reader.FindAsync(messageId, call.PersonId, cancellationToken);
        return message?.ChannelId == channelId
            ? (new Place(conversation, message), null)
            : (default, Problems.UnknownMessage(call.Texts));
    }

    private static IResult? Missing(ApiCall call, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            if (string.IsNullOrEmpty(value))
            {
                return Problems.Invalid(call.Texts, "MissingField", name);
            }
        }

        return null;
    }

    private static IResult Answer(ReplyView reply) => Results.Json(reply, Wire.Json.ReplyView);

    private readonly record struct Place(ConversationRef Conversation, MessageHead? Message);
}
