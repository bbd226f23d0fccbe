namespace Microsoft.ML;

/// <summary>The signature of what is loaded from a model file.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);
