using System.Text;
using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Host.Broadcasts;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AdvocacyBot.Tests.Broadcasts;

[BothDatabases]
public sealed class ImportTests
{
    private const string File =
        """
        email,department,location,language,personas,role,active
        e1@example.com,Sales,London,en,speaker;engineer,Manager,yes
        h1@example.com,"Research, South",Tel Aviv,he,,,
        gone@example.com,Sales,London,,,,no
        """;

    [Fact]
    public async Task People_get_what_the_list_says_when_they_are_met_and_again_changes_nothing()
    {
        await using var bot = await TestBot.StartAsync();
        await MetAsync(bot, "e1");
        Assert.Equal(new ImportResult(3, 0, 0, 0, 0, false, 1), await ImportAsync(bot, File));
        Assert.Equal("Sales", await bot.QueryAsync(db => db.PersonProfiles.Where(f => f.Email == "e1@example.com").Select(f => f.Department).SingleAsync()));

        await MetAsync(bot, "h1");
        Assert.Equal("Research, South", await bot.QueryAsync(db => db.PersonProfiles.Where(f => f.Email == "h1@example.com").Select(f => f.Department).SingleAsync()));
        Assert.Equal(new ImportResult(0, 0, 3, 0, 0, false, 0), await ImportAsync(bot, File));
        Assert.Equal(1, await bot.QueryAsync(db => db.Audit.CountAsync(a => a.Action == "workspace.people_imported")));
    }

    [Fact]
    public async Task A_trial_changes_nothing_and_who_is_missing_is_stated_or_deactivated()
    {
        await using var bot = await TestBot.StartAsync();
        await MetAsync(bot, "e1");
        Assert.Equal(3, (await ImportAsync(bot, File, dryRun: true)).Added);
        Assert.Empty(await bot.QueryAsync(db => db.Directory.ToListAsync()));
        await ImportAsync(bot, File);
        var shorter = string.Join('\n', File.Split('\n').Where(line => !line.StartsWith("e1@", StringComparison.Ordinal)));

        Assert.Equal((0, 1), ((await ImportAsync(bot, shorter)).Deactivated, (await ImportAsync(bot, shorter)).Missing));
        Assert.Equal(1, (await ImportAsync(bot, shorter, deactivate: true)).Deactivated);
        Assert.Equal(0, (await ImportAsync(bot, shorter, deactivate: true)).Deactivated);

        await bot.BroadcastAsync("Without who left");
        Assert.Empty(bot.Prompts("e1"));
        Assert.Equal(11, bot.Prompts().Count);
        await ImportAsync(bot, File);
        await bot.BroadcastAsync("Back again");
        Assert.Single(bot.Prompts("e1"));
    }

    [Fact]
    public async Task A_line_may_name_an_account_that_nobody_has_seen_yet()
    {
        await using var bot = await TestBot.StartAsync();
        await ImportAsync(bot, "platform;workspace;user;name;department\nweb;test;new1;=cmd|x;\"-Sales\"");

        Assert.Equal("=cmd|x", await bot.QueryAsync(db => db.People.Where(p => p.ExternalId == "new1").Select(p => p.Name).SingleAsync()));
        await bot.BroadcastAsync("For new ones too");
        Assert.Single(bot.Prompts("new1"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("name,department\nx,y", "Line 1: no column says who")]
    [InlineData("email,mail\na@b.cd,a@b.cd", "Line 1: two columns")]
    [InlineData("email\nnobody", "Line 2: the e-mail address is none")]
    [InlineData("email,department\n,Sales", "Line 2: nothing says who")]
    [InlineData("email\na@b.cd\nA@B.cd", "Line 3: the same person as in line 2")]
    [InlineData("email,language\na@b.cd,xx", "Line 2: the language 'xx'")]
    [InlineData("email,active\na@b.cd,perhaps", "Line 2: active is 'perhaps'")]
    [InlineData("email,interests\na@b.cd,Gossip", "Line 2: the interest 'Gossip'")]
    [InlineData("platform,workspace,user\nslack,T9,U1", "Line 2: there is no slack workspace 'T9'")]
    [InlineData("email,department\na@b.cd,x,y", "Line 2: 3 fields")]
    public void What_is_wrong_is_said_by_line(string text, string expected)
    {
        var content = new PeopleFile([TestData.Workspace]).Read(text);

        Assert.Empty(content.People);
        Assert.StartsWith(expected == "empty" ? "The file is empty" : expected, Assert.Single(content.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_lines_are_told_at_once_and_other_columns_are_named()
    {
        var content = new PeopleFile([TestData.Workspace]).Read("email;shoe size\nx\na@b.cd\ny");

        Assert.Equal(2, content.Errors.Count);
        Assert.Equal(["shoe size"], content.Ignored);
    }

    [Theory]
    [InlineData("utf-8", null)]
    [InlineData("utf-16", null)]
    [InlineData("utf-16BE", null)]
    [InlineData("windows-1255", "windows-1255")]
    public void Hebrew_comes_through_in_every_encoding(string written, string? named)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(written);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("אימייל\tמחלקה\r\na@b.cd\tשיווק\r\n")];

        var (text, problem) = TextFile.Decode(bytes, named);

        Assert.Null(problem);
        var person = Assert.Single(new PeopleFile([TestData.Workspace]).Read(text!).People);
        Assert.Equal("שיווק", person.Department);
    }

    [Fact]
    public void A_file_in_an_unnamed_encoding_is_refused_with_its_line()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var (text, problem) = TextFile.Decode(Encoding.GetEncoding("windows-1255").GetBytes("email,department\na@b.cd,שיווק\n"), null);

        Assert.Null(text);
        Assert.StartsWith("Line 2", problem, StringComparison.Ordinal);
    }

    private static Task MetAsync(TestBot bot, string person) => bot.Services.GetRequiredService<ProfileBook>()
        .TakeAsync(TestData.Workspace, new Dictionary<string, PlatformProfile> { [person] = new($"{person}@example.com", null) }, CancellationToken.None);

    private static async Task<ImportResult> ImportAsync(TestBot bot, string text, bool deactivate = false, bool dryRun = false)
    {
        var content = new PeopleFile([TestData.Workspace]).Read(text);
        Assert.Empty(content.Errors);
        var programme = await bot.QueryAsync(db => db.Workspaces.Select(w => w.Id).FirstAsync());
        return await bot.Services.GetRequiredService<ImportPeople>().RunAsync(programme, content.People, deactivate, dryRun, CancellationToken.None);
    }
}
