using AdvocacyBot.Core.Broadcasts;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;
using CsvHelper;

namespace AdvocacyBot.Host.Broadcasts;

/// <summary>What a file of people says.</summary>
/// <param name="People">Empty where there are errors.</param>
/// <param name="Errors">Each begins with the line it is about.</param>
/// <param name="Ignored">Headings that mean nothing to the bot.</param>
internal sealed record PeopleFileContent(IReadOnlyList<ImportedPerson> People, IReadOnlyList<string> Errors, IReadOnlyList<string> Ignored);

/// <summary>
/// Reads a CSV of people: comma, semicolon or tab; the first line names the columns. <c>email</c>, or <c>platform</c> with <c>workspace</c> and <c>user</c>, says who;
/// <c>name</c>, <c>role</c>, <c>department</c>, <c>location</c>, <c>language</c>, <c>personas</c>, <c>interests</c> (several with semicolons or bars) and <c>active</c> are optional.
/// </summary>
internal sealed class PeopleFile(IReadOnlyCollection<WorkspaceRef> workspaces)
{
    private const string Bom = "\uFEFF";

    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "email", ["mail"] = "email", ["emailaddress"] = "email", ["אימייל"] = "email", ["דואל"] = "email",
        ["platform"] = "platform", ["workspace"] = "workspace", ["tenant"] = "workspace", ["user"] = "user", ["userid"] = "user",
        ["name"] = "name", ["fullname"] = "name", ["שם"] = "name",
        ["role"] = "role", ["title"] = "role", ["jobtitle"] = "role", ["תפקיד"] = "role",
        ["department"] = "department", ["team"] = "department", ["מחלקה"] = "department",
        ["location"] = "location", ["office"] = "location", ["site"] = "location", ["מקום"] = "location", ["מיקום"] = "location",
        ["language"] = "language", ["lang"] = "language", ["שפה"] = "language",
        ["persona"] = "personas", ["personas"] = "personas", ["פרסונות"] = "personas",
        ["interest"] = "interests", ["interests"] = "interests", ["תחומיעניין"] = "interests",
        ["active"] = "active", ["status"] = "active", ["פעיל"] = "active",
    };

    private static readonly Dictionary<string, string> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["english"] = "en", ["אנגלית"] = "en", ["hebrew"] = "he", ["עברית"] = "he",
    };

    private readonly List<string> errors = [];
    private readonly List<ImportedPerson> people = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public PeopleFileContent Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.StartsWith(Bom, StringComparison.Ordinal) ? text[1..] : text;
        var bad = false;
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Delimiter(text),
            HasHeader = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            OnMalformedRecord = _ => bad = true,
        });
        if (!csv.Read())
        {
            return new([], ["The file is empty. Its first line names the columns, e.g. email,department,location."], []);
        }

        var header = Fields(csv);
        var (known, ignored) = Headings(header);
        if (errors.Count > 0)
        {
            return new([], errors, ignored);
        }

        bad = false;
        while (csv.Read())
        {
            Record((int)csv.LineNumber, Fields(csv), header.Length, known, bad);
            bad = false;
        }

        return new(errors.Count > 0 ? [] : people, errors, ignored);
    }

    private static string[] Fields(CsvReader csv)
    {
        var fields = new string[csv.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = csv.GetString(i);
        }

        return fields;
    }

    private void Record(int line, string[] record, int headings, Dictionary<string, int> known, bool bad)
    {
        if (bad)
        {
            errors.Add($"Line {line}: a quotation mark stands where none may stand. Put the field in quotation marks and double those inside.");
        }
        else if (record.Length > headings)
        {
            errors.Add($"Line {line}: {record.Length} fields, but the first line names {headings}. Is there a delimiter inside a field without quotation marks?");
        }
        else if (Array.Exists(record, field => field.Length > 0))
        {
            Take(line, column => known.TryGetValue(column, out var index) && index < record.Length ? Clean(record[index]) : "");
        }
    }

    /// <summary>What stands most often in the first line.</summary>
    private static char Delimiter(string text)
    {
        var first = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        var (comma, semicolon, tab) = (first.Count(','), first.Count(';'), first.Count('\t'));
        return tab > comma && tab > semicolon ? '\t' : semicolon > comma ? ';' : ',';
    }

    /// <summary>Without invisible characters; an apostrophe with which an export made text of what looks like a formula goes. Values are never anything but text here.</summary>
    private static string Clean(string field)
    {
        var text = Bidi.StripControls(new string([.. field.Where(c => !char.IsControl(c))])).Trim();
        return text.Length > 1 && text[0] == '\'' && (text[1] is '=' or '+' or '-' or '@') ? text[1..] : text;
    }

    private static string Heading(string text) => new([.. text.Where(char.IsLetterOrDigit)]);

    private (Dictionary<string, int> Known, List<string> Ignored) Headings(string[] header)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var ignored = new List<string>();
        for (var i = 0; i < header.Length; i++)
        {
            if (!Columns.TryGetValue(Heading(header[i]), out var column))
            {
                ignored.Add(header[i]);
            }
            else if (!known.TryAdd(column, i))
            {
                errors.Add($"Line 1: two columns say the {column}. Leave one.");
            }
        }

        if (!known.ContainsKey("email") && !(known.ContainsKey("platform") && known.ContainsKey("workspace") && known.ContainsKey("user")))
        {
            errors.Add("Line 1: no column says who a line is about. It takes email, or platform, workspace and user. Columns: " + string.Join(", ", header));
        }

        return (known, ignored);
    }

    private void Take(int line, Func<string, string> field)
    {
        var before = errors.Count;
        var email = field("email").Length == 0 ? null : EmailAddress.Clean(field("email"));
        if (field("email").Length > 0 && email is null)
        {
            Wrong("the e-mail address is none.");
        }

        var account = Account();
        if (email is null && account is null && errors.Count == before)
        {
            Wrong("nothing says who it is about: fill in the e-mail address, or platform, workspace and user.");
        }

        var person = new ImportedPerson(line, email, account, Active())
        {
            Name = Short("name"),
            Role = Short("role"),
            Department = Short("department"),
            Location = Short("location"),
            Language = LanguageCode(),
            Personas = Several("personas", value => value),
            Interests = Several("interests", Interest),
        };
        if (errors.Count > before)
        {
            return;
        }

        if (lines.TryGetValue(ImportPeople.KeyOf(person), out var first))
        {
            Wrong($"the same person as in line {first}. Leave one of them.");
            return;
        }

        lines[ImportPeople.KeyOf(person)] = line;
        people.Add(person);

        void Wrong(string what) => errors.Add($"Line {line}: {what}");

        (string, string, string)? Account()
        {
            var (platform, workspace, user) = (field("platform").ToLowerInvariant(), field("workspace"), field("user"));
            if (user.Length == 0)
            {
                return null;
            }

            if (!workspaces.Contains(new WorkspaceRef(platform, workspace)))
            {
                Wrong($"there is no {(platform.Length == 0 ? "platform" : platform)} workspace '{workspace}' in this programme. There are: {string.Join(", ", workspaces.Select(w => $"{w.Platform} {w.Id}"))}.");
                return null;
            }

            return (platform, workspace, user);
        }

        bool Active()
        {
            switch (field("active").ToUpperInvariant())
            {
                case "" or "YES" or "Y" or "TRUE" or "1" or "ACTIVE" or "כן" or "פעיל":
                    return true;
                case "NO" or "N" or "FALSE" or "0" or "INACTIVE" or "LEFT" or "לא" or "לא פעיל":
                    return false;
                default:
                    Wrong($"active is '{field("active")}'; it is yes or no.");
                    return false;
            }
        }

        string? Short(string column)
        {
            var value = field(column);
            if (value.Length > Core.Broadcasts.Audience.MaxValue)
            {
                Wrong($"the {column} has {value.Length} characters; {Core.Broadcasts.Audience.MaxValue} fit.");
            }

            return value.Length == 0 ? null : value;
        }

        string? LanguageCode()
        {
            var value = field("language");
            if (value.Length == 0)
            {
                return null;
            }

            var code = Languages.GetValueOrDefault(value) ?? Language.Find(value)?.Code;
            if (code is null)
            {
                Wrong($"the language '{value}' is not one that the bot speaks: {string.Join(", ", Language.All.Select(language => language.Code))}.");
            }

            return code;
        }

        string? Interest(string value)
        {
            var type = Enum.GetNames<ContentType>().FirstOrDefault(name => string.Equals(name, value.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            if (type is null)
            {
                Wrong($"the interest '{value}' is no kind of content: {string.Join(", ", Enum.GetNames<ContentType>())}.");
            }

            return type;
        }

        string? Several(string column, Func<string, string?> check)
        {
            var values = field(column).Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(check).OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (values.Find(value => value.Length > Core.Broadcasts.Audience.MaxValue) is { } tooLong)
            {
                Wrong($"one of the {column} has {tooLong.Length} characters; {Core.Broadcasts.Audience.MaxValue} fit.");
            }

            return values.Count == 0 ? null : $"|{string.Join('|', values)}|";
        }
    }
}
