using AdvocacyBot.Core.Sharing;
using AdvocacyBot.Tests.Host.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>What a killed and started host still has.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task The_first_start_needs_no_setting_and_says_where_to_go()
    {
        using var folder = new HostFolder();

        await using var host = await HostProcess.ServeAsync(folder.Path);

        Assert.True(File.Exists(folder.Database));
        Assert.Contains($"Open {host.Address} in a browser", host.Output, StringComparison.Ordinal);
        using var http = host.Client();
        Assert.StartsWith("<!doctype html>", await http.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal("live", await http.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task A_killed_host_comes_back_with_campaigns_messages_claims_and_open_dialogs()
    {
        using var folder = new HostFolder();
        AdvocacyBot.Web.Api.FormView texts;
        string[] before;
        await using (var first = await HostProcess.ServeAsync(folder.Path))
        {
            using var http = first.Client();
            var (carmen, alice) = (new ChatPerson(http, "carmen"), new ChatPerson(http, "alice"));
            await carmen.PublishAsync("Our new office");
            var prompt = await alice.AwaitPromptAsync("Our new office");
            var card = await alice.ShareAsync(prompt);
            Assert.Equal("replaced", (await alice.PressAsync(card!, ShareRoutes.Said)).Reply);
            texts = (await carmen.DraftAsync("Half composed")).Form!;
            before = await IdsAsync(alice);
            await first.KillAsync();
        }

        await using var second = await HostProcess.ServeAsync(folder.Path);

        using var again = second.Client();
        var (comms, employee) = (new ChatPerson(again, "carmen"), new ChatPerson(again, "alice"));
        Assert.Equal(before, await IdsAsync(employee));
        Assert.Equal("private", (await comms.FinishAsync(texts)).Reply);
        await employee.AwaitPromptAsync("Half composed");
        Assert.Single(await employee.ReadAsync(ChatJourneys.General), message => ChatJourneys.IsPrompt(message, "Our new office"));
        var undo = (await employee.ReadAsync(ChatJourneys.General)).Last(message => message.Private);
        Assert.Equal("replaced", (await employee.PressAsync(undo, ShareRoutes.Undo)).Reply);
        Assert.Equal(0, await folder.QueryAsync(db => db.Ledger.SumAsync(e => e.Amount)));
    }

    [Fact]
    public async Task The_folder_can_be_moved_with_all_it_holds()
    {
        using var folder = new HostFolder();
        await using (var host = await HostProcess.ServeAsync(folder.Path))
        {
            using var http = host.Client();
            await new ChatPerson(http, "carmen").PublishAsync("Moves with us");
            await new ChatPerson(http, "ben").AwaitPromptAsync("Moves with us");
            await host.KillAsync();
        }

        using var elsewhere = new HostFolder();
        Directory.Move(Path.Combine(folder.Path, "data"), Path.Combine(elsewhere.Path, "data"));
        await using var moved = await HostProcess.ServeAsync(elsewhere.Path);

        using var client = moved.Client();
        var ben = new ChatPerson(client, "ben");
        Assert.Single(await ben.ReadAsync(ChatJourneys.General), message => ChatJourneys.IsPrompt(message, "Moves with us"));
        Assert.NotNull(await ben.ShareAsync(await ben.AwaitPromptAsync("Moves with us")));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "data")));
    }

    private static async Task<string[]> IdsAsync(ChatPerson person) => [.. (await person.ReadAsync(ChatJourneys.General)).Select(message => message.Id)];
}
