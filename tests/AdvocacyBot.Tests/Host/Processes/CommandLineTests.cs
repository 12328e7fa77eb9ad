using AdvocacyBot.Host.CommandLine;
using AdvocacyBot.Tests.Host.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.Processes;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Migrate_makes_the_database_and_ends()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, "migrate");

        Assert.Equal((0, "The database is up to date."), (exit.ExitCode, exit.Output.Trim()));
        Assert.Equal(0, await folder.QueryAsync(db => db.Campaigns.CountAsync()));
    }

    [Fact]
    public async Task Doctor_finds_nothing_wrong_in_a_fresh_folder_and_makes_nothing_there()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Development", folder.Path, "doctor");

        Assert.Equal(0, exit.ExitCode);
        Assert.Contains("it is made at the first start", exit.Output, StringComparison.Ordinal);
        Assert.Contains("Scheduler: one host", exit.Output, StringComparison.Ordinal);
        Assert.Contains("Telemetry: off", exit.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Doctor_tells_an_up_to_date_database_from_one_that_waits_for_migrations()
    {
        using var folder = new HostFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        await File.WriteAllBytesAsync(folder.Database, []);
        Assert.Contains("migration(s) to run", (await HostProcess.RunAsync("Development", folder.Path, "doctor")).Output, StringComparison.Ordinal);

        await HostProcess.RunAsync("Development", folder.Path, "migrate");

        Assert.Contains("Sqlite, up to date", (await HostProcess.RunAsync("Development", folder.Path, "doctor")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cannot be reached", "--Database:Provider=PostgreSql", "--Database:ConnectionString=Host=127.0.0.1;Port=1;Database=a;Username=a;Timeout=3")]
    [InlineData("cannot be made", "--Database:ConnectionString=Data Source=/proc/nowhere/advocacy.db")]
    [InlineData("PublicUrl is not set")]
    [InlineData("127.0.0.1:1 cannot be reached", "--Telemetry:Endpoint=http://127.0.0.1:1")]
    public async Task Doctor_names_what_keeps_the_bot_from_working(string said, params string[] args)
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, ["doctor", .. args]);

        Assert.Equal(1, exit.ExitCode);
        Assert.Contains(exit.Output.Split('\n'), line => line.StartsWith("PROBLEM", StringComparison.Ordinal) && line.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", exit.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_data_is_written_out_and_erased_and_every_refusal_says_what_helps()
    {
        using var folder = new HostFolder();
        var early = await HostProcess.RunAsync("Development", folder.Path, "export", "person", "alice");
        Assert.Equal((2, true), (early.ExitCode, early.Output.Contains("run 'migrate'", StringComparison.Ordinal)));
        await HostProcess.RunAsync("Development", folder.Path, "migrate");

        var unknown = await HostProcess.RunAsync("Development", folder.Path, "export", "person", "nobody-of-that-name");
        Assert.Equal((2, true), (unknown.ExitCode, unknown.Output.Contains("Nobody is called 'nobody-of-that-name'", StringComparison.Ordinal)));
        var file = System.IO.Path.Combine(folder.Path, "alice.json");
        var written = await HostProcess.RunAsync("Development", folder.Path, "export", "person", "alice", "--to", file, "--Programme:Name=Ambassadors");
        Assert.True(written.ExitCode == 0, written.Output);
        Assert.Contains("\"id\": \"alice\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        var asked = await HostProcess.RunAsync("Development", folder.Path, "erase-person", "alice");
        Assert.Equal((2, true), (asked.ExitCode, asked.Output.Contains("Say --yes", StringComparison.Ordinal)));
        var off = await HostProcess.RunAsync("Production", folder.Path, "erase-person", "alice", "--yes");
        Assert.Equal((2, true), (off.ExitCode, off.Output.Contains("not switched on", StringComparison.Ordinal)));
        var owner = await HostProcess.RunAsync("Development", folder.Path, "erase-person", "olivia", "--yes");
        Assert.Equal((2, true), (owner.ExitCode, owner.Output.Contains("only owner", StringComparison.Ordinal)));
        Assert.True(await folder.QueryAsync(db => db.People.AnyAsync(p => p.ExternalId == "alice")));

        var erased = await HostProcess.RunAsync("Development", folder.Path, "erase-person", "alice", "--platform", "web", "--yes");

        Assert.True(erased.ExitCode == 0, erased.Output);
        Assert.False(await folder.QueryAsync(db => db.People.AnyAsync(p => p.ExternalId == "alice")));
    }

    [Fact]
    public async Task Export_audit_writes_what_was_noted_to_the_output_or_to_a_file()
    {
        using var folder = new HostFolder();
        var early = await HostProcess.RunAsync("Production", folder.Path, "export", "audit");
        Assert.Equal(2, early.ExitCode);
        Assert.Contains("run 'migrate'", early.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));

        await HostProcess.RunAsync("Development", folder.Path, "migrate");
        var shown = await HostProcess.RunAsync("Production", folder.Path, "export", "audit");
        var written = await HostProcess.RunAsync("Production", folder.Path, "export", "audit", "--to", "audit.csv", "--Programme:Name=Ambassadors");

        Assert.Equal(0, shown.ExitCode);
        Assert.StartsWith("at,platform,workspace,actor,action,subject,before,after", shown.Output, StringComparison.Ordinal);
        Assert.Contains("workspace.policy_changed", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, written.ExitCode);
        Assert.Contains("(entries: 1)", written.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(System.IO.Path.Combine(folder.Path, "audit.csv"))).Length);
    }

    [Fact]
    public async Task Help_names_the_commands_and_how_settings_are_given()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Production", folder.Path, "--help");

        Assert.Equal(0, exit.ExitCode);
        Assert.All(["migrate", "doctor", "export", "--Section:Name=value", "http://localhost:3978"], words => Assert.Contains(words, exit.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_command_is_not_taken_for_serving()
    {
        using var folder = new HostFolder();

        var exit = await HostProcess.RunAsync("Development", folder.Path, "migrat");

        Assert.Equal(2, exit.ExitCode);
        Assert.All(["'migrat'", "migrate, doctor, export", "--help"], words => Assert.Contains(words, exit.Output, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(null, "--urls=http://localhost:4000", "--Web:Enabled=true")]
    [InlineData(null, "--urls", "http://localhost:4000", "--Web:Enabled", "true")]
    [InlineData(null, "Web:Enabled=true")]
    [InlineData(null)]
    [InlineData("serve", "serve")]
    [InlineData("migrat", "--urls", "http://localhost:4000", "migrat")]
    [InlineData("doctr", "--Web:Enabled=true", "doctr")]
    public void Words_that_are_no_settings_are_found(string? stray, params string[] tokens) => Assert.Equal(stray, Commands.Stray(tokens));
}
