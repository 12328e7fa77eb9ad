using System.Text.RegularExpressions;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Tests.Localization;

/// <summary>What every text must be, whatever it says.</summary>
public sealed partial class ResourceTests
{
    // They stand between the parts of a list.
    private static readonly string[] Separators = ["Common.ListComma", "Common.ListAnd", "Common.ListAndHebrew", "Digests.InWordsSeparator"];

    [Fact]
    public void There_are_files_and_each_is_there_in_every_language()
    {
        Assert.Contains("Campaigns", ResourceFiles.All.Keys);
        Assert.Contains("Web", ResourceFiles.All.Keys);
        Assert.All(ResourceFiles.All, file => Assert.Equal(Language.All, file.Value.Keys.OrderBy(language => language.Code), ReferenceEqualityComparer.Instance.Equals));
    }

    [Fact]
    public void Languages_have_the_same_entries() => Assert.All(ResourceFiles.All, file =>
        Assert.Equal(Names(file.Value[Language.English]), Names(file.Value[Language.Hebrew])));

    [Fact]
    public void A_plural_entry_has_exactly_the_forms_of_its_language() => Assert.All(
        from file in ResourceFiles.All
        from language in file.Value
        from entry in language.Value.Keys.Select(ResourceFiles.Split).GroupBy(split => split.Name)
        where entry.Any(split => split.Form is not null)
        select (Key: $"{file.Key}.{entry.Key}", Language: language.Key, Forms: entry.Select(split => split.Form)),
        plural => Assert.Equal(PluralForm.All(plural.Language).Order(), plural.Forms.Order()));

    [Fact]
    public void Every_form_and_language_has_the_same_placeholders() => Assert.All(
        ResourceFiles.Entries.GroupBy(entry => $"{entry.File}.{ResourceFiles.Split(entry.Name).Name}"),
        entry =>
        {
            var wanted = ResourceFiles.Placeholders(entry.First(e => e.Language == Language.English && ResourceFiles.Split(e.Name).Form is null or "other").Value).ToList();
            Assert.All(entry, one =>
            {
                // "one" and "two" may say the number in words.
                var mayOmitCount = ResourceFiles.Split(one.Name).Form is "one" or "two";
                var found = ResourceFiles.Placeholders(one.Value).ToList();
                Assert.Equal(mayOmitCount ? wanted.Where(name => name != "count") : wanted, mayOmitCount ? found.Where(name => name != "count") : found);
            });
        });

    [Fact]
    public void No_text_is_empty_or_has_blanks_at_its_ends() => Assert.All(
        ResourceFiles.Entries.Where(entry => !Separators.Contains($"{entry.File}.{entry.Name}")),
        entry =>
        {
            Assert.NotEmpty(entry.Value);
            Assert.Equal(entry.Value.Trim(), entry.Value);
        });

    [Fact]
    public void Hebrew_texts_are_in_Hebrew() => Assert.All(
        ResourceFiles.Entries.Where(entry => entry.Language == Language.Hebrew && WordsIn(entry.Value)),
        entry => Assert.True(Bidi.IsRightToLeft(string.Concat(entry.Value.Where(c => c is >= '\u0590' and <= '\u05FF'))), $"{entry.File}.{entry.Name}"));

    [Fact]
    public void English_texts_hold_no_Hebrew_beside_the_languages_own_name() => Assert.All(
        ResourceFiles.Entries.Where(entry => entry.Language == Language.English && entry.Name != "Language_he" && entry.File != "WebPage"),
        entry => Assert.DoesNotContain(entry.Value, c => c is >= '\u0590' and <= '\u05FF'));

    [Fact]
    public void Every_text_the_code_asks_for_is_there_in_every_language() => Assert.All(
        ResourceUses.Keys,
        key => Assert.All(Language.All, language => Assert.True(ResourceFiles.Has(key, language), $"{key} in {language.Code}")));

    [Fact]
    public void Every_text_is_asked_for_somewhere()
    {
        var used = ResourceUses.Keys.ToHashSet(StringComparer.Ordinal);
        Assert.All(
            ResourceFiles.All.SelectMany(file => Names(file.Value[Language.English]).Select(name => $"{file.Key}.{name}")),
            key => Assert.True(used.Contains(key), $"Nothing asks for {key}."));
    }

    [Fact]
    public void Every_command_that_a_text_names_is_there()
    {
        var commands = ResourceUses.Commands.ToList();
        var named = ResourceFiles.Entries.SelectMany(entry => Command().Matches(entry.Value)).Select(match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, commands));
    }

    [Fact]
    public void Titles_of_forms_and_their_buttons_fit_a_Slack_modal()
    {
        Assert.NotEmpty(ResourceUses.FormTitles);
        Assert.NotEmpty(ResourceUses.FormActions);
        Assert.All(ResourceUses.FormTitles.Concat(ResourceUses.FormActions), key => AssertLength(key, 24));
    }

    [Fact]
    public void Titles_of_buttons_are_short()
    {
        Assert.NotEmpty(ResourceUses.Buttons);
        Assert.All(ResourceUses.Buttons, key => AssertLength(key, 40));
    }

    private static List<string> Names(IReadOnlyDictionary<string, string> entries) =>
        [.. entries.Keys.Select(name => ResourceFiles.Split(name).Name).Distinct().Order(StringComparer.Ordinal)];

    // A pattern such as "{rung}: {count}" is the same everywhere.
    private static bool WordsIn(string value) => Placeholder().Replace(value, "").Any(char.IsLetter);

    private static void AssertLength(string key, int most)
    {
        var parts = key.Split('.');
        Assert.All(Language.All, language =>
        {
            var value = ResourceFiles.All[parts[0]][language][parts[1]];
            Assert.True(value.Length <= most, $"{key} in {language.Code} has {value.Length} characters, {most} fit: {value}");
        });
    }

    [GeneratedRegex(@"/advocate (?<name>[a-z]+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Placeholder();
}
