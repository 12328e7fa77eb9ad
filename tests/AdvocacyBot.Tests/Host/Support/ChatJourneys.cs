using AdvocacyBot.Web.Api;

namespace AdvocacyBot.Tests.Host.Support;

/// <summary>What people do again and again in the browser chat.</summary>
internal static class ChatJourneys
{
    public const string General = "general";

    /// <summary>The first form of a new campaign, answered; what comes back is the form for the texts.</summary>
    public static async Task<ReplyView> DraftAsync(this ChatPerson comms, string title, string channel = General, string link = "https://example.com/news")
    {
        var opened = await comms.SayAsync(channel, "/advocate campaign");
        return opened.Form is not { } content ? opened : await comms.SubmitAsync(channel, content, "next", ("link", link), ("title", title), ("summary", "What it is about."));
    }

    /// <summary>From the form for the texts to the published campaign.</summary>
    public static async Task<ReplyView> FinishAsync(this ChatPerson comms, FormView texts, string channel = General, params string[] wordings)
    {
        var given = (wordings.Length > 0 ? wordings : ["We are proud of this."]).Select((text, i) => ($"text{i + 1}", text)).ToArray();
        var schedule = await comms.SubmitAsync(channel, texts, "next", given);
        if (schedule.Form is null)
        {
            return schedule;
        }

        var preview = await comms.SubmitAsync(channel, schedule.Form, "next");
        return preview.Form is null ? preview : await comms.SubmitAsync(channel, preview.Form, "publish");
    }

    public static async Task PublishAsync(this ChatPerson comms, string title, string channel = General)
    {
        var texts = await comms.DraftAsync(title, channel);
        Assert.Equal("private", (await comms.FinishAsync(texts.Form!, channel)).Reply);
    }

    /// <summary>The campaign's card, once it stands in the channel.</summary>
    public static Task<MessageView> AwaitPromptAsync(this ChatPerson person, string title, string channel = General) =>
        person.AwaitMessageAsync(message => IsPrompt(message, title) && message.Channel == channel);

    public static bool IsPrompt(MessageView message, string title) =>
        message is { Private: false, Author: null, Card: not null } && ChatPerson.TextOf(message).Contains(title, StringComparison.Ordinal);

    /// <summary>Presses Share, joins where that is asked, and comes to the share card.</summary>
    public static async Task<MessageView?> ShareAsync(this ChatPerson person, MessageView prompt)
    {
        var reply = await person.PressAsync(prompt, "share");
        if (reply.Form is { } join)
        {
            reply = await person.SubmitAsync(prompt.Channel, join, "join", ("agree", "true"));
        }

        return reply.Message;
    }
}
