using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What happens to a sentence's vector after pooling; weights aside.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(DenseStep), "dense")]
[JsonDerivedType(typeof(UnitLengthStep), "unit_length")]
[JsonDerivedType(typeof(LayerNormStep), "layer_norm")]
public abstract record EmbeddingStep
{
    private protected EmbeddingStep()
    {
    }

    /// <summary>Width of what comes out.</summary>
    /// <param name="inputSize">Width of what goes in.</param>
    public virtual int Width(int inputSize) => inputSize;

    /// <summary>The step with fresh weights.</summary>
    /// <param name="inputSize">Width of what goes in.</param>
    internal abstract Module<Tensor, Tensor> Build(int inputSize);
}

/// <summary>A linear map with an activation after it.</summary>
/// <param name="OutputSize">Width of what comes out.</param>
/// <param name="HasBias">Whether the map adds a bias.</param>
/// <param name="Activation">Name of the activation; null for none.</param>
public sealed record DenseStep(int OutputSize, bool HasBias = true, string? Activation = "tanh") : EmbeddingStep
{
    /// <inheritdoc/>
    public override int Width(int inputSize) => OutputSize;

    internal override Module<Tensor, Tensor> Build(int inputSize) =>
        new Dense(inputSize, OutputSize, HasBias, Activation is null ? null : Models.Activation.Find(Activation));
}

/// <summary>Scaling to a Euclidean norm of 1.</summary>
public sealed record UnitLengthStep : EmbeddingStep
{
    internal override Module<Tensor, Tensor> Build(int inputSize) => new UnitLength();
}

/// <summary>Layer normalisation.</summary>
public sealed record LayerNormStep : EmbeddingStep
{
    internal override Module<Tensor, Tensor> Build(int inputSize) => Sequential(("norm", Norm.Layer(inputSize, 1e-5)));
}
