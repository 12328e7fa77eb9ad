using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Dialogs;
using AdvocacyBot.Core.Feeds;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Recognition;
using AdvocacyBot.Core.Rhythm;
using AdvocacyBot.Host.Composition;
using AdvocacyBot.Host.LinkPreviews;
using AdvocacyBot.Host.Scheduling;
using AdvocacyBot.Host.Telemetry;
using AdvocacyBot.Slack;
using AdvocacyBot.Tests.Infrastructure;
using AdvocacyBot.Teams;
using AdvocacyBot.Web;
using Microsoft.Extensions.Configuration;

namespace AdvocacyBot.Tests.Conventions;

/// <summary><c>appsettings.sample.json</c> says what there is to set, and nothing else.</summary>
public sealed partial class SampleSettingsTests
{
    private static readonly string File = Repository.Folder("appsettings.sample.json");
    private static readonly IConfigurationRoot Settings = new ConfigurationBuilder().AddJsonFile(File).Build();

    /// <summary>Section, options class; a new one found in the product must be added here.</summary>
    public static TheoryData<string, Type> Sections() => new()
    {
        { "", typeof(BotOptions) },
        { DatabaseOptions.Section, typeof(DatabaseOptions) },
        { SchedulerOptions.Section, typeof(SchedulerOptions) },
        { TelemetryOptions.Section, typeof(TelemetryOptions) },
        { ProgrammeOptions.Section, typeof(ProgrammeOptions) },
        { ContactOptions.Section, typeof(ContactOptions) },
        { HolidayOptions.Section, typeof(HolidayOptions) },
        { DialogOptions.Section, typeof(DialogOptions) },
        { TrackedLinkOptions.Section, typeof(TrackedLinkOptions) },
        { ConversionOptions.Section, typeof(ConversionOptions) },
        { LinkPreviewOptions.Section, typeof(LinkPreviewOptions) },
        { FeedOptions.Section, typeof(FeedOptions) },
        { RhythmOptions.Section, typeof(RhythmOptions) },
        { SlackOptions.Section, typeof(SlackOptions) },
        { WebOptions.Section, typeof(WebOptions) },
        { TeamsOptions.Section, typeof(TeamsOptions) },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void A_section_binds_strictly_names_every_option_and_shows_its_default(string section, Type options)
    {
        var defaults = Activator.CreateInstance(options)!;
        var bound = Activator.CreateInstance(options)!;
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is not null).ToList();
        if (section.Length > 0)
        {
            Settings.GetSection(section).Bind(bound, binder => binder.ErrorOnUnknownConfiguration = true);
            Assert.Equal(properties.Select(property => property.Name).Order(StringComparer.Ordinal), Names(section).Order(StringComparer.Ordinal));
        }
        else
        {
            Settings.Bind(bound);
            Assert.All(properties, property => Assert.Contains(property.Name, Names(section)));
        }

        Assert.All(properties, property => Assert.Equal(Shown(property.GetValue(defaults)), Shown(property.GetValue(bound))));
    }

    [Fact]
    public void Every_options_class_of_the_product_is_in_it()
    {
        var all = Product.Types.Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type is { IsClass: true });
        Assert.Equal(Sections().Select(row => ((Type)row[1]).FullName).Order(StringComparer.Ordinal), all.Select(type => type.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_has_no_section_of_something_else() => Assert.Equal(
        Sections().Select(row => (string)row[0]).Where(section => section.Length > 0).Concat(["PublicUrl", "urls", "Logging"]).Order(StringComparer.Ordinal),
        Names("").Order(StringComparer.Ordinal));

    [Fact]
    public void Address_and_log_levels_are_the_hosts_own()
    {
        Assert.Equal(ListeningAddress.Default, Settings["urls"]);
        Assert.Equal(
            HostServices.DefaultLogLevels.OrderBy(level => level.Key, StringComparer.Ordinal),
            Settings.GetSection("Logging").AsEnumerable().Where(level => level.Value is not null).OrderBy(level => level.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_option_has_a_comment()
    {
        var lines = System.IO.File.ReadAllLines(File);
        var options = lines.Index().Where(line => Option().IsMatch(line.Item) && !line.Item.TrimStart().StartsWith("\"Default\"", StringComparison.Ordinal)).ToList();

        Assert.True(options.Count > 15);
        Assert.All(options, line => Assert.True(
            lines[line.Index - 1].TrimStart().StartsWith("//", StringComparison.Ordinal) || line.Item.Contains("\"Quartz\"", StringComparison.Ordinal), line.Item));
    }

    private static List<string> Names(string section)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(File), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var element = section.Length == 0 ? json.RootElement : json.RootElement.GetProperty(section);
        return [.. element.EnumerateObject().Select(property => property.Name)];
    }

    private static object? Shown(object? value) => value is IEnumerable list and not string ? list.Cast<object>().ToList() : value;

    // An option stands alone with its value; sections open a brace.
    [GeneratedRegex("""^\s*"\w+": (?!\{$)""")]
    private static partial Regex Option();
}
