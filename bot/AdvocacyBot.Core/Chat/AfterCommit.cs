namespace AdvocacyBot.Core.Chat;

/// <summary>What is to happen once the handler's transaction is committed: wake the sender, forget kept readings. Scoped; order of adding.</summary>
public sealed class AfterCommit
{
    private readonly List<Action> actions = [];

    public void Add(Action action) => actions.Add(action);

    internal void Run()
    {
        foreach (var action in actions)
        {
            action();
        }
    }
}
