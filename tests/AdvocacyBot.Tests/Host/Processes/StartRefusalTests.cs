using AdvocacyBot.Tests.Host.Support;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary>A host that cannot start says why and what helps, in words, and ends with 2.</summary>
public sealed class StartRefusalTests
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    [Fact]
    public async Task A_second_host_on_the_same_file_is_refused()
    {
        using var folder = new HostFolder();
        await using var first = await HostProcess.ServeAsync(folder.Path);

        Refused(await HostProcess.RunAsync("Development", folder.Path, AnyPort), "in use by another AdvocacyBot", "--Database:ConnectionString");
        Refused(await HostProcess.RunAsync("Development", folder.Path, "migrate"), "in use by another AdvocacyBot");

        using var http = first.Client();
        Assert.Equal("ready", await http.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task A_busy_port_is_named_and_another_suggested()
    {
        using var folder = new HostFolder();
        using var other = new HostFolder();
        await using var first = await HostProcess.ServeAsync(folder.Path);

        var exit = await HostProcess.RunAsync("Development", other.Path, $"--urls={first.Address}");

        Refused(exit, first.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--urls=");
    }

    [Theory]
    [InlineData("Production", "PublicUrl is not set")]
    [InlineData("Production", "PublicUrl must be an absolute https address", "--PublicUrl=http://share.example.com")]
    [InlineData("Development", "PublicUrl must be an absolute https address", "--PublicUrl=ftp://share.example.com")]
    [InlineData("Development", "PublicUrl must be an absolute https address", "--PublicUrl=share")]
    [InlineData("Development", "Database:Provider is 'Oracle'. It can be Sqlite or PostgreSql.", "--Database:Provider=Oracle")]
    [InlineData("Development", "Database:ConnectionString does not say where", "--Database:ConnectionString=nonsense")]
    [InlineData("Development", "Database:ConnectionString", "--Database:ConnectionString=")]
    [InlineData("Development", "Programme:Name", "--Programme:Name=")]
    [InlineData("Development", "Programme:Roles:0:Platform is 'msteams'", "--Programme:Roles:0:Platform=msteams", "--Programme:Roles:0:Person=x")]
    [InlineData("Development", "Dialogs:Lifetime", "--Dialogs:Lifetime=00:00:01")]
    [InlineData("Development", "Dialogs:Lifetime", "--Dialogs:Lifetime=soon")]
    [InlineData("Development", "Web:Enabled", "--Web:Enabled=perhaps")]
    [InlineData("Development", "urls is 'somewhere'", "--urls=somewhere")]
    public async Task A_wrong_setting_is_named_by_its_key(string environment, string said, params string[] args)
    {
        using var folder = new HostFolder();

        Refused(await HostProcess.RunAsync(environment, folder.Path, [.. args.Any(arg => arg.StartsWith("--urls", StringComparison.Ordinal)) ? [] : (string[])[AnyPort], .. args]), said);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task A_settings_file_that_cannot_be_read_is_named()
    {
        using var folder = new HostFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "appsettings.json"), """{ "Programme": { """);

        Refused(await HostProcess.RunAsync("Development", folder.Path, AnyPort), "appsettings.json");
    }

    [Fact]
    public async Task A_database_folder_that_cannot_be_written_is_named()
    {
        using var folder = new HostFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "data"), "not a folder");

        Refused(await HostProcess.RunAsync("Development", folder.Path, AnyPort), "cannot be made", Path.Combine(folder.Path, "data"), "Database:ConnectionString");
        Refused(await HostProcess.RunAsync("Development", folder.Path, AnyPort, "--Database:ConnectionString=Data Source=/proc/nowhere/advocacy.db"), "/proc", "cannot be");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        using var folder = new HostFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Database)!);
        await File.WriteAllTextAsync(folder.Database, new string('x', 5000));

        Refused(await HostProcess.RunAsync("Development", folder.Path, AnyPort), "The database cannot be used", "Database:ConnectionString");
    }

    private static void Refused(HostExit exit, params string[] said)
    {
        Assert.All(said, words => Assert.Contains(words, exit.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", exit.Output, StringComparison.Ordinal);
        Assert.Equal(2, exit.ExitCode);
    }
}
