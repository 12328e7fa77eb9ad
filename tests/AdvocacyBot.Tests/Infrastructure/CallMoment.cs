namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>How far a fake platform has come with a call.</summary>
internal enum CallMoment
{
    /// <summary>The request is there.</summary>
    Arrived = 0,

    /// <summary>What it asks for has happened, and nobody was told yet.</summary>
    CarriedOut = 1,
}

/// <summary>What becomes of a call from there.</summary>
internal enum CallFate
{
    GoesOn = 0,

    /// <summary>The connection breaks.</summary>
    Lost = 1,
}
