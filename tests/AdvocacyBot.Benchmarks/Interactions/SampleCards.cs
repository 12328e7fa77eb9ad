using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using AdvocacyBot.Core.Disclosures;
using AdvocacyBot.Core.Links;
using AdvocacyBot.Core.Localization;
using AdvocacyBot.Core.Networks;
using AdvocacyBot.Core.People;
using AdvocacyBot.Core.Programme;
using AdvocacyBot.Core.Sharing;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>Cards as a programme shows them.</summary>
internal sealed class SampleCards
{
    private readonly PromptCards prompts;
    private readonly ShareCards shares;
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly WorkspaceInfo workspace = new(1, new WorkspaceRef(Platforms.Web, "demo"), "Demo", Language.English, "Europe/London");

    private readonly Campaign campaign = new()
    {
        Id = 1,
        Code = "abcdefgh",
        State = CampaignState.Running,
        Title = "Our new office opens its doors",
        Summary = "Forty desks, a roof garden, and room for the team to grow. Come and see it on Thursday.",
        Link = "https://www.example.com/news/our-new-office",
        Networks = "linkedin,x,facebook,whatsapp",
        Language = "en",
        SponsorName = "Olivia Owens",
        SponsorMessage = "It is fine to share this, and welcome.",
    };

    public SampleCards(ActionTokens tokens)
    {
        prompts = new PromptCards(tokens);
        shares = new ShareCards(tokens, new PublicAddress { Root = new Uri("https://share.example.com/") }, NetworkCatalogue.Load());
    }

    public AdaptiveCard Prompt() => prompts.Live(campaign, 1, Language.English, now);

    public AdaptiveCard Share(long id, string code, long person) => shares.Offer(
        new Share { Id = id, Text = "We have moved, and there is a roof garden.", Language = "en", Code = code, PrivateCode = "private" + code },
        campaign,
        manyTexts: true,
        said: false,
        DisclosureRule.None,
        new HashSet<string>(),
        new TurnContext
        {
            Workspace = workspace,
            Conversation = new ConversationInfo(1, new ConversationRef("general"), "general", Language.English, "Europe/London"),
            Person = new PersonInfo(person, new PersonRef("p"), "P", Language.English, Roles.None, now, "1", AppearByName: false),
            Language = Language.English,
            Now = now,
        });
}
