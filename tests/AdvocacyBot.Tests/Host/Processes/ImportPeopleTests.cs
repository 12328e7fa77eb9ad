using AdvocacyBot.Host.CommandLine;
using AdvocacyBot.Tests.Host.Support;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Host.Processes;

/// <summary><c>import-people</c> as somebody at a command line meets it.</summary>
public sealed class ImportPeopleTests
{
    [Fact]
    public async Task A_list_is_tried_imported_and_imported_again_and_what_is_wrong_changes_nothing()
    {
        using var folder = new HostFolder();
        var file = Path.Combine(folder.Path, "people.csv");
        await File.WriteAllTextAsync(file, "email,department,location,shoe size\nalice@demo.example,מחקר,London,38\nnobody.yet@demo.example,Sales,Haifa,\n");

        var early = await HostProcess.RunAsync("Development", folder.Path, "import-people", file);
        Assert.Equal((Startup.Refused, true), (early.ExitCode, early.Output.Contains("run 'migrate'", StringComparison.Ordinal)));
        await HostProcess.RunAsync("Development", folder.Path, "migrate");

        var trial = await HostProcess.RunAsync("Development", folder.Path, "import-people", file, "--dry-run");
        Assert.True(trial.ExitCode == 0, trial.Output);
        Assert.Contains("people in the file: 2 (new: 2, changed: 0, as before: 0)", trial.Output, StringComparison.Ordinal);
        Assert.Equal(0, await folder.QueryAsync(db => db.Directory.CountAsync()));

        var imported = await HostProcess.RunAsync("Development", folder.Path, "import-people", file);
        Assert.Contains("not met in a chat yet, so that they cannot be written to: 1", imported.Output, StringComparison.Ordinal);
        Assert.Contains("columns that were not used: shoe size", imported.Output, StringComparison.Ordinal);
        Assert.Equal("מחקר", await DepartmentAsync(folder));
        Assert.Contains("as before: 2", (await HostProcess.RunAsync("Development", folder.Path, "import-people", file)).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "email,department\nalice@demo.example,Law\nnobody\n");
        var wrong = await HostProcess.RunAsync("Development", folder.Path, "import-people", file);
        Assert.Equal(Startup.Refused, wrong.ExitCode);
        Assert.Contains("Line 3: the e-mail address is none", wrong.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was imported: 1 line is wrong.", wrong.Output, StringComparison.Ordinal);
        Assert.Equal("מחקר", await DepartmentAsync(folder));

        var missing = await HostProcess.RunAsync("Development", folder.Path, "import-people", "nowhere.csv");
        Assert.Equal((Startup.Refused, true), (missing.ExitCode, missing.Output.Contains("nowhere.csv cannot be read", StringComparison.Ordinal)));
    }

    private static Task<string?> DepartmentAsync(HostFolder folder) =>
        folder.QueryAsync(db => db.PersonProfiles.Where(p => p.Email == "alice@demo.example").Select(p => p.Department).SingleAsync());
}
