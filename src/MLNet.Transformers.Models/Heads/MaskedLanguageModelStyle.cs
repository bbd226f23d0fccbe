namespace MLNet.Transformers.Models;

/// <summary>What a family puts between its hidden states and the scores of its vocabulary.</summary>
/// <param name="Activation">Name of the activation after the linear map.</param>
/// <param name="NormEpsilon">Added to the variance in the norm that follows.</param>
/// <param name="Bias">Whether the map and the norm add a bias.</param>
public sealed record MaskedLanguageModelStyle(string Activation, double NormEpsilon, bool Bias = true);
