using AdvocacyBot.Core.Cards;
using AdvocacyBot.Core.Programme;
using BenchmarkDotNet.Attributes;

namespace AdvocacyBot.Benchmarks.Interactions;

/// <summary>The price of a card: making it and writing it as JSON.</summary>
[InProcess, MemoryDiagnoser]
public class CardBenchmark
{
    private readonly SampleCards cards = new(new ActionTokens(new byte[32], TimeProvider.System));
    private readonly AdaptiveCard prompt;
    private readonly AdaptiveCard share;
    private readonly AdaptiveCard digest;

    public CardBenchmark()
    {
        prompt = cards.Prompt();
        share = cards.Share(1, "abcdef12", 7);
        digest = SampleDigest.Card();
    }

    [Benchmark]
    public string WritePrompt() => CardJson.Serialize(prompt);

    [Benchmark]
    public string WriteShare() => CardJson.Serialize(share);

    [Benchmark]
    public string WriteDigest() => CardJson.Serialize(digest);

    [Benchmark]
    public string MakeAndWritePrompt() => CardJson.Serialize(cards.Prompt());

    [Benchmark]
    public string MakeAndWriteShare() => CardJson.Serialize(cards.Share(1, "abcdef12", 7));
}
