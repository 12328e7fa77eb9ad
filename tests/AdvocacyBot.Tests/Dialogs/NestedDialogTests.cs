using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Dialogs;

/// <summary>A dialog inside a dialog: the child's result goes to the parent, and leaving leaves both.</summary>
public sealed class NestedDialogTests
{
    [Fact]
    public async Task The_childs_result_resumes_the_parent_even_after_a_restart()
    {
        await using var bot = await TestBot.StartAsync(Nested);
        var child = CardReader.Form(await bot.CommandAsync("e1", "nest"));

        await bot.RestartAsync();
        var parent = CardReader.Form(await bot.SubmitAsync("e1", child, "ok", ("answer", "forty-two")));
        await bot.RestartAsync();
        var done = await bot.SubmitAsync("e1", parent, "ok", ("answer", "really"));

        Assert.Equal("child said forty-two", CardReader.Text(parent.Card).Split('\n')[0]);
        Assert.Equal("parent heard really", CardReader.Text(done));
    }

    [Fact]
    public async Task Cancelling_the_child_leaves_the_parent_too_and_each_is_told()
    {
        Told.Clear();
        await using var bot = await TestBot.StartAsync(Nested);
        var child = CardReader.Form(await bot.CommandAsync("e1", "nest"));

        var left = await bot.SubmitAsync("e1", child, "cancel");

        Assert.Equal(["child", "parent"], Told);
        Assert.Contains("Cancelled", CardReader.Text(left), StringComparison.Ordinal);
        Assert.Contains("nothing open", CardReader.Text(await bot.CommandAsync("e1", "cancel")), StringComparison.Ordinal);
    }

    private static List<string> Told { get; } = [];

    private static void Nested(IServiceCollection services)
    {
        services.AddScoped<Dialog>(_ => new Heard("parent",
            (step, token) => step.BeginDialogAsync("child", null, token),
            (step, token) => step.PromptAsync("ask", Ask(step.Turn, $"child said {(string?)step.Result}"), token),
            (step, token) => step.EndDialogAsync(null, Reply.Private(Notice.Card(step.Turn.Texts, $"parent heard {FormPrompt.InputOf(step.Result)["answer"]}")), token)));
        services.AddScoped<Dialog>(_ => new Heard("child",
            (step, token) => step.PromptAsync("ask", Ask(step.Turn, "child asks"), token),
            (step, token) => step.EndDialogAsync(JsonValue.Create(FormPrompt.InputOf(step.Result)["answer"]), Reply.None, token)));
        services.AddScoped<Dialog>(_ => new FormPrompt("ask"));
        services.AddSingleton<IEnumerable<CommandRoute>>([new CommandRoute("nest", typeof(Begin))]);
        services.AddScoped<Begin>();
    }

    private static Form Ask(TurnContext turn, string text) => new()
    {
        Token = "",
        Title = "Ask",
        Card = Notice.For(turn.Texts, [new TextBlock(text), new InputText { Id = "answer", Label = "Answer" }]),
        Actions = [new FormAction("ok", "OK")],
    };

    private sealed class Begin(DialogEngine dialogs) : ICommandHandler
    {
        public Task<Reply> HandleAsync(CommandInvoked interaction, TurnContext turn, CancellationToken cancellationToken) =>
            dialogs.BeginAsync("parent", null, turn, cancellationToken);
    }

    private sealed class Heard(string id, params IReadOnlyList<WaterfallStep> steps) : WaterfallDialog(id, steps)
    {
        public override Task<Reply?> OnCancelAsync(DialogContext context, CancellationToken cancellationToken)
        {
            Told.Add(Id);
            return base.OnCancelAsync(context, cancellationToken);
        }
    }
}
