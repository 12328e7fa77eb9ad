using System.Text.Json.Nodes;
using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Campaigns;
using AdvocacyBot.Teams;
using AdvocacyBot.Teams.Chat;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Tests.Teams.Journeys;

/// <summary>Agents Playground talks without tokens, and drops presses that are to open a dialog.</summary>
public sealed class PlaygroundTests
{
    [Theory]
    [InlineData(true, "Action.Execute")]
    [InlineData(false, "Action.Submit")]
    public void Without_tokens_no_button_needs_a_dialog(bool anonymous, string type)
    {
        var cards = new TeamsCards(Options.Create(new TeamsOptions { AllowAnonymous = anonymous }));
        var card = new AdaptiveCard { Actions = [new ExecuteAction { Title = "Share", Verb = PromptCards.ShareVerb, Data = new ActionData("t") }] };

        Assert.Equal(type, (string?)JsonNode.Parse(cards.Write(card).Span)!["actions"]![0]!["type"]);
    }
}
