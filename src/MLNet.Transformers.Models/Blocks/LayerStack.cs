using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A stack of layers, with a last norm where the layers normalise before their sublayers.</summary>
public sealed class LayerStack : Module<Tensor, LayerContext, Tensor>
{
    private readonly ModuleList<Module<Tensor, LayerContext, Tensor>> layers;
    private readonly Module<Tensor, Tensor>? norm;
    private readonly int repeats;
    private readonly Func<int, bool>? isLocal;
    private readonly Module<Tensor, Tensor, LayerContext, Tensor>? skip;
    private readonly Linear? projection;
    private readonly Module<Tensor, Tensor>? entryNorm;

    /// <param name="layers">From the first to the last.</param>
    /// <param name="norm">Applied after the last layer; null for none.</param>
    /// <param name="repeats">How many times in a row each layer is applied: more than once where depth shares weights.</param>
    /// <param name="isLocal">Whether a layer, counted from 0, sees only near positions; null when all see every position.</param>
    /// <param name="skip">Joins what entered the first layer to what left it; null for none.</param>
    /// <param name="projection">Maps the result to another width; null where it keeps its own.</param>
    /// <param name="entryNorm">Applied before the first layer; null for none.</param>
    public LayerStack(
        IEnumerable<Module<Tensor, LayerContext, Tensor>> layers,
        Module<Tensor, Tensor>? norm = null,
        int repeats = 1,
        Func<int, bool>? isLocal = null,
        Module<Tensor, Tensor, LayerContext, Tensor>? skip = null,
        Linear? projection = null,
        Module<Tensor, Tensor>? entryNorm = null)
        : base(nameof(LayerStack))
    {
        this.layers = ModuleList([.. layers]);
        this.norm = norm;
        this.repeats = repeats;
        this.isLocal = isLocal;
        this.skip = skip;
        this.projection = projection;
        this.entryNorm = entryNorm;
        RegisterComponents();
    }

    /// <summary>Through all layers.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="context">Goes to every layer.</param>
    /// <returns>(batch, length, hidden), or the width that the result is mapped to; of the first positions alone where the context says so and the last layer can.</returns>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var current = entryNorm is null ? hidden : entryNorm.call(hidden);
        for (var i = 0; i < layers.Count * repeats; i++)
        {
            context.Trace?.AddStates(current);
            current = Next(current, hidden, Recomputation.Call(layers[i / repeats], current, Of(i, context)));
            if (i == 0 && skip is not null)
                current = Next(current, hidden, skip.call(hidden, current, context));
        }
        var normalised = norm is null ? current : Next(current, hidden, norm.call(current));
        var result = projection is null ? normalised : Next(normalised, hidden, projection.forward(normalised));
        context.Trace?.AddStates(result);
        return result;
    }

    /// <summary>The context of one layer.</summary>
    private LayerContext Of(int layer, LayerContext context)
    {
        var own = isLocal?.Invoke(layer) == true ? LocalOf(context) : context;
        // Whatever is asked for in the end, all layers but the last must tell of all positions, which the next one reads.
        if (own.AskedPositions is not null && layer < layers.Count * repeats - 1)
            own = own with { AskedPositions = null };
        return context.Cache is { } cache ? own with { Slot = cache.Layer(layer) } : own;
    }

    private static LayerContext LocalOf(LayerContext context) => context.Local is { } local
        ? local with { Trace = context.Trace, Source = context.Source, SourceBias = context.SourceBias }
        : throw new InvalidOperationException("A layer of this stack sees only near positions, but nothing has told what is near.");

    /// <summary>Frees what a step has used up; the caller's input stays the caller's.</summary>
    private static Tensor Next(Tensor used, Tensor input, Tensor result)
    {
        if (!ReferenceEquals(used, input))
            used.Dispose();
        return result;
    }
}
