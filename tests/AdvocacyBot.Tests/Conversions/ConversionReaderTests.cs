using System.Text;
using AdvocacyBot.Core.Conversions;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Host.Conversions;
using FsCheck;
using FsCheck.Fluent;

namespace AdvocacyBot.Tests.Conversions;

public sealed class ConversionReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{ "type": "lead" }""", "id: is missing")]
    [InlineData("""{ "id": "jane@example.com", "type": "lead" }""", "never a name or an e-mail address")]
    [InlineData("""{ "id": "Jane Doe", "type": "lead" }""", "id: may have")]
    [InlineData("""{ "id": "A", "type": "hire" }""", "type: must be applicant or lead.")]
    [InlineData("""{ "id": "A" }""", "type: must be applicant or lead.")]
    [InlineData("""{ "id": "A", "type": "lead", "reversed": "perhaps" }""", "reversed: must be true or false.")]
    [InlineData("""{ "id": "A", "type": "lead", "occurredAt": "2026-11-23T10:00:00" }""", "occurredAt: must be a time with its offset")]
    [InlineData("""{ "id": "A", "type": "lead", "occurredAt": "yesterday" }""", "occurredAt: must be a time with its offset")]
    [InlineData("""{ "id": "A", "type": "lead", "occurredAt": "2026-11-23T10:06:00Z" }""", "occurredAt: lies in the future")]
    [InlineData("""{ "id": "A", "type": "lead", "occurredAt": "2026-11-24" }""", "occurredAt: lies in the future")]
    [InlineData("""{ "id": "A", "type": "lead", "occurredAt": "1999-12-31" }""", "before the year 2000")]
    [InlineData("""{ "id": "A", "type": "lead", "amount": -1, "currency": "EUR" }""", "amount: must be a number")]
    [InlineData("""{ "id": "A", "type": "lead", "amount": "1,5", "currency": "EUR" }""", "amount: must be a number")]
    [InlineData("""{ "id": "A", "type": "lead", "amount": 5 }""", "currency: an amount needs one")]
    [InlineData("""{ "id": "A", "type": "lead", "currency": "EUR" }""", "currency: is there without an amount.")]
    [InlineData("""{ "id": "A", "type": "lead", "ref": { "code": 1 } }""", "ref: must be a single value, or a list of texts")]
    [InlineData("""{ "id": ["A"], "type": "lead" }""", "id: must be a single value")]
    [InlineData("""7""", "The entry must be an object.")]
    public void An_entry_that_is_wrong_says_what_would_be_right(string entry, string problem)
    {
        var read = Assert.Single(Read($$"""{ "conversions": [ {{entry}} ] }"""));
        Assert.Null(read.Item);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{}", "neither \"conversions\"")]
    [InlineData("""{ "conversions": 7 }""", "must be a list")]
    [InlineData("""{ "conversions": [] }""", "1 to 500")]
    [InlineData("""{ "conversions": [[[[[[[[[[[]]]]]]]]]]] }""", "not valid JSON")]
    public void A_body_that_is_wrong_says_why(string body, string problem) =>
        Assert.Contains(problem, ConversionJson.Read(Encoding.UTF8.GetBytes(body), new ConversionReader(Now, "Etc/UTC"), out _), StringComparison.Ordinal);

    [Fact]
    public void Nothing_but_the_known_fields_is_read()
    {
        var entry = Assert.Single(Read("""{ "id": 1001, "type": "Applicant", "name": "Jane", "email": "jane@example.com", "cv": { "a": [1] } }"""));
        Assert.Equal(["name", "email", "cv"], entry.Ignored);
        Assert.Equal(new ConversionItem("1001", ConversionType.Applicant, [], Now, null, null, false) with { Refs = entry.Item!.Refs }, entry.Item);
        Assert.DoesNotContain("Jane", $"{entry}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-22T21:59:59.999Z")]
    [InlineData("2026-11-23", "2026-11-23T10:00:00Z")]
    [InlineData("2026-11-23T09:00:00+02:00", "2026-11-23T07:00:00Z")]
    [InlineData("2026-11-23T09:00:00.5Z", "2026-11-23T09:00:00.5Z")]
    [InlineData("", "2026-11-23T10:00:00Z")]
    public void A_date_alone_is_the_end_of_that_day_by_the_programmes_clock(string written, string meant)
    {
        Assert.Null(ConversionJson.Read(
            Encoding.UTF8.GetBytes($$"""{ "id": "A", "type": "lead", "occurredAt": "{{written}}" }"""), new ConversionReader(Now, "Asia/Jerusalem"), out var entries));
        Assert.Equal(DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture), entries[0].Item!.At);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}k")]
    [InlineData(" {0}k ")]
    [InlineData("https://go.example.com/l/{0}k")]
    [InlineData("https://example.com/jobs?utm_source=x&advocacy_ref={0}k&b=1")]
    [InlineData("https://example.com/jobs?ADVOCACY_REF={0}k#top")]
    [InlineData("?advocacy_ref={0}")]
    public void A_reference_is_found_in_what_systems_hand_back(string form)
    {
        var code = LinkCode.New();
        Assert.True(LinkReference.TryParse(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, code), out var found, out var letter));
        Assert.Equal(code, found);
        Assert.Contains(letter, "k\0");
    }

    [Fact]
    public void Whatever_is_sent_is_answered_with_entries_or_a_problem() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(Bodies(), body =>
        {
            var problem = ConversionJson.Read(body, new ConversionReader(Now, "Etc/UTC"), out var entries);
            Assert.True(problem is null == entries.Count > 0);
            Assert.All(entries, entry => Assert.True(entry.Item is null == entry.Problem is not null));
            problem = ConversionCsv.Read(body, new ConversionReader(Now, "Etc/UTC"), 500, out entries);
            Assert.All(entries, entry => Assert.True(entry.Item is null == entry.Problem is not null));
            Assert.True(problem is null || problem.Length > 10);
        }));

    [Theory]
    [InlineData(",", "\n")]
    [InlineData(";", "\r\n")]
    [InlineData("\t", "\n")]
    public void A_file_is_read_line_by_line(string comma, string end)
    {
        var file = string.Join(end, "\uFEFFID,Type,Ref,Occurred_At,amount,currency,reversed,Full Name", "A-1,applicant,2345678923k,2026-11-22,,,,\"Doe, Jane\"", "A-2,lead,,,1.50,eur,,", "x y,lead,,,,,,", "A-3,,,,,,TRUE,")
            .Replace(",", comma, StringComparison.Ordinal).Replace($"Doe{comma}", "Doe,", StringComparison.Ordinal);

        Assert.Null(ConversionCsv.Read(Encoding.UTF8.GetBytes(file), new ConversionReader(Now, "Etc/UTC"), 500, out var entries));

        Assert.Equal([2, 3, 4, 5], entries.Select(e => e.Place));
        Assert.Equal(["A-1", "A-2", null, "A-3"], entries.Select(e => e.Id));
        Assert.Equal(((decimal?)1.50m, "EUR"), (entries[1].Item!.Amount, entries[1].Item!.Currency));
        Assert.True(entries[3].Item!.Reversed);
        Assert.Contains("id: may have", entries[2].Problem, StringComparison.Ordinal);
        Assert.Equal(["Full Name"], entries[0].Ignored);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n1,2", "no column \"id\"")]
    [InlineData("id,ID\n1,2", "twice")]
    public void A_file_without_its_columns_says_so(string file, string problem) =>
        Assert.Contains(problem, ConversionCsv.Read(Encoding.UTF8.GetBytes(file), new ConversionReader(Now, "Etc/UTC"), 500, out _), StringComparison.Ordinal);

    private static IReadOnlyList<ConversionEntry> Read(string body)
    {
        Assert.Null(ConversionJson.Read(Encoding.UTF8.GetBytes(body), new ConversionReader(Now, "Etc/UTC"), out var entries));
        return entries;
    }

    /// <summary>Good bodies with bytes changed, cut and added.</summary>
    private static Arbitrary<byte[]> Bodies()
    {
        const string json = """{ "conversions": [ { "id": "A-1", "type": "applicant", "ref": ["2345678923k"], "occurredAt": "2026-11-22T10:00:00Z", "amount": 1.5, "currency": "EUR", "reversed": false } ] }""";
        const string csv = "id,type,ref,occurredAt,amount,currency,reversed\nA-1,applicant,2345678923k,2026-11-22,1.5,EUR,\n\"A\"\"2\",lead,,,,,\n";
        var change = Gen.Zip(Gen.Choose(0, 200), Gen.Choose(0, 255));
        return Gen.Zip(Gen.Elements(json, csv), Gen.Zip(change.ListOf(), Gen.Choose(0, 220))).Select(drawn =>
        {
            var bytes = Encoding.UTF8.GetBytes(drawn.Item1);
            foreach (var (at, value) in drawn.Item2.Item1)
            {
                bytes[at % bytes.Length] = (byte)value;
            }

            return bytes[..Math.Min(bytes.Length, drawn.Item2.Item2)];
        }).ToArbitrary();
    }
}
