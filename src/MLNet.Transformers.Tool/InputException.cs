namespace MLNet.Transformers.Tool;

/// <summary>What the user gave cannot be worked with. The message names the option, file, column or row, and what to do; it is all that is printed.</summary>
internal sealed class InputException(string message) : Exception(message);
