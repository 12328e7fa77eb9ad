using AdvocacyBot.Teams;
using AdvocacyBot.Tests.Teams.Support;

namespace AdvocacyBot.Tests.Teams.Endpoint;

/// <summary>What "doctor" says of Teams.</summary>
public sealed class ExaminationTests
{
    [Fact]
    public async Task All_is_well_where_tokens_and_keys_are_there()
    {
        await using var host = await TeamsHost.StartAsync(handler: new RecordingTurns());

        var found = await host.Services.ExamineTeamsChannelAsync(CancellationToken.None);

        Assert.All(found, finding => Assert.True(finding.Fine, finding.Text));
        Assert.Contains(found, finding => finding.Text.Contains(FakeLogin.AppId, StringComparison.Ordinal));
        Assert.DoesNotContain(found, finding => finding.Text.Contains(FakeLogin.Secret, StringComparison.Ordinal));
        Assert.Equal(1, host.Login.TokenRequests);
    }

    [Fact]
    public async Task A_wrong_secret_and_missing_keys_are_named_with_what_helps()
    {
        await using var host = await TeamsHost.StartAsync(handler: new RecordingTurns(), settings: [("Teams:ClientSecret", "another secret")]);
        host.Login.IsDown = true;

        var found = await host.Services.ExamineTeamsChannelAsync(CancellationToken.None);

        Assert.Equal([true, false, false], found.Select(finding => finding.Fine));
        Assert.Contains("invalid_client", found[1].Text, StringComparison.Ordinal);
        Assert.Contains("Teams:AppId", found[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("another secret", found[1].Text, StringComparison.Ordinal);
    }
}
