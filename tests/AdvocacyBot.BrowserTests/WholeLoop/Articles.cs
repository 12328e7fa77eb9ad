namespace AdvocacyBot.BrowserTests.WholeLoop;

/// <summary>A campaign to compose in the browser.</summary>
internal sealed record Story(string Channel, string Comms, string Language, string Link, string Title, string Summary, string Type, string[] Texts, string Sponsor, string SponsorMessage);

/// <summary>
/// Campaigns in the words of the two Hebrew articles on employee advocacy from which the product's idea comes (the first by Omer Milvitzky), and an English one about the
/// same matter. Short quotations: real right-to-left text with digits, brackets and Latin words in it.
/// </summary>
internal static class Articles
{
    public static readonly Story Presence = new(
        "hadashot", "dana", "he",
        "https://example.com/he/employees-and-brand",
        "העובדים הם הכלי היעיל ביותר של החברה לפעילות ברשת",
        "לעובדי החברה קל הרבה יותר לשתף את החברים שלהם בתוכן שהם יוצרים, דבר שהופך את החוויה לאמיתית הרבה יותר. דוגמה טובה היא zappos: ‏198 (!) עובדים פתחו פרופילים ברשת.",
        "Opinion",
        [
            "שיטת \"חבר מביא חבר\" מקבלת ביטוי יוצא דופן במדיה החברתית: כל עובד הופך לסוכן ישיר של החברה.",
            "העובדים עצמם יודעים הכי טוב כיצד פועלת החברה במציאות, ולכן הם השגרירים הדיגיטאליים שלה.",
            "כל מותג צריך לעודד את העובדים שלו להשתתף בכל מקום ברשת שבו נמצאים הלקוחות: פייסבוק, youtube, בלוגים וכו'.",
        ],
        "רות, מנכ\"לית",
        "זה לא רק מותר, זה מבורך. ספרו בדרך שלכם.");

    public static readonly Story Advocacy = new(
        "hadashot", "dana", "he",
        "https://example.com/he/employee-advocacy?part=1#why",
        "תוכניות \"שגרירי מותג\" (Employee Advocacy): מהן ולמה הן עובדות",
        "הידעתם שרמת האמון שאנשים רוחשים לתוכן שפורסם על ידי עובדי ארגון גבוהה פי 3 (!) ביחס לתוכן שפורסם על ידי המנכ\"ל של אותה החברה? (מקור: Edelman Trust Barometer)",
        "News",
        [
            "\"אנשים עושים עסקים עם אנשים שהם מכירים, אוהבים וסומכים עליהם\". ב-LinkedIn משקל הכובד הוא הפרופיל האישי.",
            "תוכן שמשותף על ידי עובדים זוכה לפי 2 יותר לייקים מאשר אותו התוכן שמשותף מעמוד החברה.",
        ],
        "", "");

    public static readonly Story English = new(
        "general", "carmen", "en",
        "https://example.com/stories/brand-ambassadors",
        "People trust people: how our colleagues tell our story",
        "Colleagues' networks are on average ten times larger than the followers of a company's page, and jobs that they share bring 30% more applicants.",
        "EmployeeStory",
        [
            "I like working here, and I like telling people why. Here is our story.",
            "Proud of what my team does. Have a look:",
            "If you want to know what a day with us looks like, read this.",
        ],
        "Olivia Owens",
        "You may, you are encouraged to, and it is up to you.");
}
