using AdvocacyBot.Core.Localization;

namespace AdvocacyBot.BrowserTests.Programme;

/// <summary>Who plays, in one language.</summary>
internal sealed record Cast(
    string Code, string Channel, string Comms, string Employee, string Second, string SecondName, string Third, string Approver, string ApproverName, string Story, string Said, string Answer, string Occasion, string Disclosure)
{
    public static readonly Cast English = new(
        "en", "general", "carmen", "alice", "ben", "Ben Carter", "chloe", "george", "George Hughes", "How we mended the old bridge", "The delivery came three weeks late and nobody wrote to us!",
        "Sorry to hear that. We write to everybody whose delivery is late from now on.", "late delivery came weeks late", "I work at Example (PLC).");

    public static readonly Cast Hebrew = new(
        "he", "hadashot", "dana", "noa", "itai", "איתי מזרחי", "tamar", "omer", "עומר ביטון", "איך תיקנו את הגשר הישן (2026)", "המשלוח הגיע באיחור של שלושה שבועות ואף אחד לא עדכן אותנו!",
        "צר לנו לשמוע. מעכשיו אנחנו מעדכנים את כל מי שהמשלוח שלהם מתעכב.", "המשלוח הגיע באיחור של שבועות", "אני עובד/ת ב־Example.");

    public string LinkedIn => Code == "he" ? "לינקדאין" : "LinkedIn";

    public string Facebook => Code == "he" ? "פייסבוק" : "Facebook";

    /// <summary>Words of the page around the chat.</summary>
    public string Send => Code == "he" ? "שליחה" : "Send";

    public string Channels => Code == "he" ? "ערוצים" : "Channels";

    /// <summary>Who speaks the other language.</summary>
    public Cast Other => Code == "he" ? English : Hebrew;

    public Language Language => Language.First(Code);

    public Texts Texts => Texts.In(Language);

    public string Page(string name) => $"https://example.com/{Code}/{name}";

    public static Cast Of(string language) => language == "he" ? Hebrew : English;
}
