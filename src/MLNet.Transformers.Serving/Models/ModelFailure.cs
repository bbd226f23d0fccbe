namespace MLNet.Transformers.Serving.Models;

/// <summary>That a model could not be loaded or served, and why.</summary>
internal sealed record ModelFailure(DateTimeOffset At, string Reason);
