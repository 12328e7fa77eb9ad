using AdvocacyBot.Teams.Protocol;

namespace AdvocacyBot.Teams.Inbound;

/// <summary>
/// Keys of what was handled lately, so that a message which Teams delivers twice is answered once. The database has the longer memory for everything that
/// changes something; this one is for answers that change nothing.
/// </summary>
internal sealed class RecentDeliveries
{
    private const int Each = 20_000;
    private const int MostAnswers = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<string, InvokeResponse> answers = new(StringComparer.Ordinal);
    private readonly Queue<string> answered = new();
    private HashSet<string> young = new(StringComparer.Ordinal);
    private HashSet<string> old = new(StringComparer.Ordinal);

    public bool Contains(string key)
    {
        lock (gate)
        {
            return young.Contains(key) || old.Contains(key);
        }
    }

    /// <summary>What a message was answered with, where the channel wanted that in the answer to its request; null: nothing, or it is too long ago.</summary>
    public InvokeResponse? Answer(string key)
    {
        lock (gate)
        {
            return answers.GetValueOrDefault(key);
        }
    }

    /// <param name="key">Of what was handled.</param>
    /// <param name="answer">Is kept where it says something.</param>
    public void Add(string key, InvokeResponse answer)
    {
        lock (gate)
        {
            if (!answer.Body.IsEmpty && answers.TryAdd(key, answer))
            {
                answered.Enqueue(key);
                if (answered.Count > MostAnswers)
                {
                    answers.Remove(answered.Dequeue());
                }
            }

            if (young.Count >= Each)
            {
                (young, old) = (old, young);
                young.Clear();
            }

            young.Add(key);
        }
    }
}
