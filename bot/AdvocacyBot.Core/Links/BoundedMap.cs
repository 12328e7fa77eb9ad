using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AdvocacyBot.Core.Links;

/// <summary>
/// Remembers at most so many things, forgetting those not asked for lately: two generations, of which the older goes when the younger is full.
/// </summary>
/// <param name="capacity">Entries at most.</param>
internal sealed class BoundedMap<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock sync = new();
    private readonly int half = Math.Max(1, capacity / 2);
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue> old = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (sync)
        {
            return Find(key, out value);
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (sync)
        {
            Keep(key, value);
        }
    }

    /// <summary>Sets the value where the condition holds of what is there (or nothing is), as one step.</summary>
    /// <returns>Whether it was set.</returns>
    public bool SetWhere<TState>(TKey key, TValue value, TState state, Func<TValue, TState, bool> replace)
    {
        lock (sync)
        {
            ref var held = ref CollectionsMarshal.GetValueRefOrNullRef(young, key);
            if (Unsafe.IsNullRef(ref held))
            {
                if (old.TryGetValue(key, out var older) && !replace(older, state))
                {
                    return false;
                }

                Keep(key, value);
                return true;
            }

            if (!replace(held, state))
            {
                return false;
            }

            held = value;
            return true;
        }
    }

    public void Remove(TKey key)
    {
        lock (sync)
        {
            young.Remove(key);
            old.Remove(key);
        }
    }

    private bool Find(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (young.TryGetValue(key, out value))
        {
            return true;
        }

        if (old.TryGetValue(key, out value))
        {
            Keep(key, value);
            return true;
        }

        return false;
    }

    private void Keep(TKey key, TValue value)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(young, key, out _);
        held = value;
        if (young.Count > half)
        {
            // The newcomer is the first of the next generation.
            young.Remove(key);
            (old, young) = (young, old);
            young.Clear();
            young[key] = value;
        }
    }
}
