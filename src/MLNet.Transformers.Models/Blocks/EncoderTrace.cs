using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>What an encoder leaves behind on its way, when a call asks for it; owns the tensors.</summary>
/// <param name="keepsStates">Whether to keep the hidden states of every layer.</param>
/// <param name="keepsAttentions">Whether to keep the attention weights of every layer; attention is slower then, since it must write them down.</param>
public sealed class EncoderTrace(bool keepsStates = true, bool keepsAttentions = false) : IDisposable
{
    private readonly List<Tensor> states = [];
    private readonly List<Tensor> attentions = [];

    /// <summary>Whether the hidden states are kept.</summary>
    public bool KeepsStates => keepsStates;

    /// <summary>Whether the attention weights are kept.</summary>
    public bool KeepsAttentions => keepsAttentions;

    /// <summary>
    /// (batch, length, hidden) each: what entered the first layer, then what left each layer; the last is the encoder's result,
    /// after its last norm where it has one.
    /// </summary>
    public IReadOnlyList<Tensor> States => states;

    /// <summary>(batch, heads, queries, keys) a layer: the weights after the softmax, which sum to 1 over the keys.</summary>
    public IReadOnlyList<Tensor> Attentions => attentions;

    /// <summary>Keeps hidden states, if they are asked for; the caller's tensor stays the caller's.</summary>
    public void AddStates(Tensor hidden)
    {
        if (keepsStates)
            states.Add(hidden.alias());
    }

    /// <summary>Keeps attention weights, if they are asked for; the caller's tensor stays the caller's.</summary>
    public void AddAttentions(Tensor weights)
    {
        if (keepsAttentions)
            attentions.Add(weights.alias());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in states.Concat(attentions))
            tensor.Dispose();
        states.Clear();
        attentions.Clear();
    }
}
