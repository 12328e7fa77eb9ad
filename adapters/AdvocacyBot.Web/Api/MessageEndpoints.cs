using System.Globalization;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Web.Chat;
using AdvocacyBot.Web.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Web.Api;

/// <summary>Reading, writing and dismissing messages.</summary>
internal sealed class MessageEndpoints(
    WebReader reader, WebWriter writer, Dispatcher dispatcher, RouteTable routes, IOptions<ProgrammeOptions> programme, TimeProvider clock)
{
    public const int MaxText = 4000;
    private const int MaxPage = 200;
    private const int DefaultPage = 50;

    public async Task<IResult> PageAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (call.Conversation((string)call.Http.GetRouteValue("id")!) is not { } channel)
        {
            return Problems.UnknownChannel(call.Texts);
        }

        if (!Number(call, "before", long.MaxValue, long.MaxValue, out var before, out var problem)
            || !Number(call, "limit", DefaultPage, MaxPage, out var limit, out problem))
        {
            return problem!;
        }

        return Results.Json(await reader.PageAsync(channel.Id, call.PersonId, before, (int)limit, cancellationToken), Wire.Json.MessagesView);
    }

    public async Task<IResult> PostAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var (request, problem) = await BodyReader.ReadAsync(call, RequestJson.Default.MessageRequest, cancellationToken);
        if (request is null)
        {
            return problem!;
        }

        var text = Bidi.StripControls((request.Text ?? "").Replace("\0", "", StringComparison.Ordinal)).Trim();
        if (text.Length == 0)
        {
            return Problems.Invalid(call.Texts, "MissingField", "text");
        }

        if (text.Length > MaxText)
        {
            return Problems.Invalid(call.Texts, "LongText", "text", ("max", MaxText), ("length", text.Length));
        }

        if (call.Conversation(request.Channel!) is not { } channel)
        {
            return Problems.UnknownChannel(call.Texts);
        }

        var turn = dispatcher.Begin(call, channel, request.Id);
        var typed = Typed.Read(text, ["AdvocacyBot", programme.Value.Name], channel.Kind == ConversationKind.Personal, routes);
        if (typed is not Typed.Message message)
        {
            return Answer(await ToBotAsync(turn, typed, cancellationToken));
        }

        var posted = await StoreAsync(call, channel, text, turn.DedupKey);
        var reply = message.ToBot is null ? new ReplyView("none") : await ToBotAsync(turn, message.ToBot, cancellationToken);
        return Answer(reply with { Posted = posted });
    }

    public async Task<IResult> DismissAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var message = await reader.FindAsync((string)call.Http.GetRouteValue("id")!, call.PersonId, cancellationToken);
        if (message is null)
        {
            return Problems.UnknownMessage(call.Texts);
        }

        if (message.VisibleTo is null)
        {
            return Problems.Invalid(call.Texts, "NotDismissable");
        }

        await writer.RemoveAsync(message.Id);
        return Results.NoContent();
    }

    private async Task<ReplyView> ToBotAsync(Turn turn, Typed typed, CancellationToken cancellationToken) => await dispatcher.SendAsync(
        turn,
        typed switch
        {
            Typed.Command command => turn.Command(command.Name, command.Arguments),
            Typed.Words words => turn.Message(words.Text),
            _ => throw new InvalidOperationException("Only commands and words go to the bot."),
        },
        source: null,
        cancellationToken);

    private async Task<MessageView?> StoreAsync(ApiCall call, ConversationRef channel, string text, string dedupKey)
    {
        var message = new NewMessage(writer.NewId(), channel.Id, clock.GetUtcNow()) { AuthorId = call.PersonId, Text = text, DedupKey = dedupKey };
        var id = await writer.InsertAsync(message) ? message.Id : await reader.FindByKeyAsync(dedupKey, CancellationToken.None);
        return id is null ? null : await reader.ViewAsync(id, call.PersonId, CancellationToken.None);
    }

    private static IResult Answer(ReplyView reply) => Results.Json(reply, Wire.Json.ReplyView);

    private static bool Number(ApiCall call, string name, long without, long max, out long number, out IResult? problem)
    {
        var text = call.Http.Request.Query[name].ToString();
        number = without;
        problem = null;
        if (text.Length == 0 || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1))
        {
            number = Math.Min(number, max);
            return true;
        }

        problem = Problems.Invalid(call.Texts, "WrongNumber", name);
        return false;
    }
}
