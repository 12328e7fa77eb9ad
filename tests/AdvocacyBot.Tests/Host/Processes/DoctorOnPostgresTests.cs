using AdvocacyBot.Tests.Host.Support;
using AdvocacyBot.Tests.Host.Telemetry;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Host.Processes;

[Collection(PostgresCollection.Name)]
public sealed class DoctorOnPostgresTests(PostgresFixture postgres)
{
    [PostgresFact]
    public async Task It_says_how_many_hosts_share_the_work_and_whether_the_collector_listens()
    {
        using var folder = new HostFolder();
        await using var collector = await OtlpReceiver.StartAsync();
        string[] settings =
        [
            "--Database:Provider=PostgreSql", $"--Database:ConnectionString={await postgres.CreateDatabaseAsync()}", "--Scheduler:Clustered=true", $"--Telemetry:Endpoint={collector.Endpoint.GetLeftPart(UriPartial.Authority)}",
        ];

        Assert.Contains("the first start makes Quartz's tables", await DoctorAsync(folder, settings), StringComparison.Ordinal);
        await using var host = await HostProcess.ServeAsync(folder.Path, settings);

        var said = await DoctorAsync(folder, settings);
        Assert.Contains("at work now: 1", said, StringComparison.Ordinal);
        Assert.Contains("where somebody listens", said, StringComparison.Ordinal);
    }

    private static async Task<string> DoctorAsync(HostFolder folder, string[] settings)
    {
        var exit = await HostProcess.RunAsync("Development", folder.Path, ["doctor", .. settings]);
        Assert.True(exit.ExitCode == 0, exit.Output);
        return exit.Output;
    }
}
