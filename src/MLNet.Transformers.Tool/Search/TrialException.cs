namespace MLNet.Transformers.Tool.Search;

/// <summary>A trial came to nothing. The message is a sentence for the table of trials; others may still succeed.</summary>
internal sealed class TrialException(string message, Exception? cause = null) : Exception(message, cause);
