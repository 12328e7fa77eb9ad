using System.Text;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.Core.Assistance;

/// <summary>Finds approved answers by the words that what was said shares with their occasion and wording.</summary>
public static class AnswerSearch
{
    public const int Most = 3;
    private const int ShortestWord = 3;
    private const string HebrewPrefixes = "ובהלכמש";

    /// <param name="said">What somebody wrote.</param>
    /// <param name="language">Answers in it come first.</param>
    /// <param name="all">The library.</param>
    /// <returns>At most <see cref="Most"/>, best first; nothing that shares no word with the occasion.</returns>
    public static IReadOnlyList<ApprovedAnswer> Find(string said, string language, IEnumerable<ApprovedAnswer> all)
    {
        ArgumentNullException.ThrowIfNull(said);
        ArgumentNullException.ThrowIfNull(all);
        var words = Words(said);
        return
        [
            .. all.Select(answer => (Answer: answer, Occasion: Shared(words, answer.Occasion), Wording: Shared(words, answer.Text)))
                .Where(x => x.Occasion > 0)
                .OrderByDescending(x => x.Answer.Language == language)
                .ThenByDescending(x => (2 * x.Occasion) + x.Wording)
                .ThenByDescending(x => x.Answer.Uses)
                .ThenBy(x => x.Answer.Id)
                .Take(Most)
                .Select(x => x.Answer),
        ];
    }

    /// <summary>Words in lower case; in Hebrew also without the letter that stands for "the", "and", "in", "to"….</summary>
    internal static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var c in text + " ")
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            // An apostrophe, a Hebrew quotation mark or an accent does not end a word.
            if (word.Length > 0 && !char.IsWhiteSpace(c) && c is '\'' or '"' or '’' or '״' or '׳')
            {
                continue;
            }

            Add(word.ToString());
            word.Clear();
        }

        return words;

        void Add(string found)
        {
            if (found.Length < ShortestWord)
            {
                return;
            }

            words.Add(found);
            if (found.Length > ShortestWord && HebrewPrefixes.Contains(found[0], StringComparison.Ordinal) && Bidi.IsRightToLeft(found) == true)
            {
                words.Add(found[1..]);
            }
        }
    }

    private static int Shared(HashSet<string> words, string text) => Words(text).Count(words.Contains);
}
