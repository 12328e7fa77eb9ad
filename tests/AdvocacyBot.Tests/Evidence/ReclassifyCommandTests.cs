using AdvocacyBot.Core.Links;
using AdvocacyBot.Tests.Host.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Evidence;

public sealed class ReclassifyCommandTests
{
    [Fact]
    public async Task The_command_line_shows_before_and_after_and_writes_with_apply()
    {
        using var folder = new HostFolder();
        await using var host = LiveHost.Start(folder);
        using var http = host.Http();
        await new ChatPerson(http, "carmen").PublishAsync("Jobs");
        var alice = new ChatPerson(http, "alice");
        await alice.ShareAsync(await alice.AwaitPromptAsync("Jobs"));
        var share = await folder.QueryAsync(db => db.Shares.SingleAsync());
        using var answer = await http.GetAsync(new Uri($"/l/{share.Code}k", UriKind.Relative));
        await folder.QueryAsync(db => db.Clicks.ExecuteUpdateAsync(set => set.SetProperty(c => c.Class, (int)ClickClass.Human).SetProperty(c => c.RuleVersion, 0)));

        var looked = await HostProcess.RunAsync("Development", folder.Path, "reclassify");
        var applied = await HostProcess.RunAsync("Development", folder.Path, "reclassify", "--apply");
        var both = await HostProcess.RunAsync("Development", folder.Path, "reclassify", "--apply", "--rule", "mine.json");

        Assert.True(looked.ExitCode == 0, looked.Output);
        Assert.Contains("Stored requests: 1 (judged 1 by version 0).", looked.Output, StringComparison.Ordinal);
        Assert.Contains("fetched 0 -> 0, clicked 1 -> 0", looked.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", looked.Output, StringComparison.Ordinal);
        Assert.Contains("Written, and noted in the audit log.", applied.Output, StringComparison.Ordinal);
        Assert.Equal(2, both.ExitCode);
        Assert.Equal((int)ClickClass.Robot, await folder.QueryAsync(db => db.Clicks.Select(c => c.Class).SingleAsync()));
    }
}
