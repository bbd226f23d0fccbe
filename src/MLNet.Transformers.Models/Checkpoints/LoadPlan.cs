using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>What goes where when a checkpoint is loaded; made and checked as a whole before anything is copied.</summary>
internal sealed class LoadPlan
{
    private readonly NameTable names;
    private readonly IWeights weights;
    private readonly Dictionary<string, string> found = [];
    private readonly HashSet<string> used = [];
    private readonly List<(Tensor Target, PublishedTensor Source)> copies = [];
    private readonly List<string> missing = [];
    private readonly List<string> unexpected = [];
    private readonly List<string> misshapen = [];
    private readonly List<string> fresh = [];

    public LoadPlan(NameTable names, IWeights weights)
    {
        this.names = names;
        this.weights = weights;
        foreach (var name in weights.Tensors.Keys)
            if (!found.TryAdd(names.Normalise(name), name))
                unexpected.Add(name);
    }

    /// <summary>Published names of the optional tensors that the checkpoint has none for that fit.</summary>
    public IReadOnlyList<string> Fresh => fresh;

    public void Add(string name, Tensor target, bool optional)
    {
        var source = names.Publish(name);
        var absent = source.Names.Where(published => !found.ContainsKey(published)).ToList();
        if (absent.Count == 0 && Fits(source, target) is { } complaint)
        {
            if (optional)
                fresh.AddRange(source.Names);
            else
                misshapen.Add(complaint);
        }
        else if (absent.Count == 0)
        {
            copies.Add((target, source));
        }
        else
        {
            (optional ? fresh : missing).AddRange(absent);
        }
        used.UnionWith(source.Names);
    }

    public void Require()
    {
        unexpected.AddRange(found.Where(pair => !used.Contains(pair.Key) && !names.IsOptional(pair.Key)).Select(pair => pair.Value));
        if (missing.Count + unexpected.Count + misshapen.Count > 0)
            throw new WeightMismatchException(weights.Origin, [.. missing.Distinct()], unexpected, misshapen);
    }

    public void Run()
    {
        using var frozen = no_grad();
        foreach (var (target, source) in copies)
        {
            using var scope = NewDisposeScope();
            var parts = source.Names.Select(name => Read(name, source.Form)).ToArray();
            var whole = parts.Length == 1 ? parts[0] : cat(parts, 0);
            target.copy_(source.Parts == 1 ? whole : whole.narrow(0, source.Part * (whole.size(0) / source.Parts), whole.size(0) / source.Parts));
        }
    }

    private Tensor Read(string published, PublishedForm form)
    {
        var tensor = weights.Read(found[published]);
        return form switch
        {
            PublishedForm.Transposed when tensor.dim() == 2 => tensor.t(),
            PublishedForm.Row => tensor.squeeze(0),
            _ => tensor,
        };
    }

    /// <summary>Null when the published tensors make up the target, else what is wrong.</summary>
    private string? Fits(PublishedTensor source, Tensor target)
    {
        var shapes = source.Names.Select(name => Turned(weights.Tensors[found[name]].Shape, source.Form)).ToList();
        var joined = shapes[0].ToArray();
        if (joined.Length > 0)
            joined[0] = shapes.Sum(shape => shape.Count > 0 ? shape[0] : 0) / source.Parts;
        long[] wanted = source.Form == PublishedForm.Bare ? [.. target.shape.SkipWhile(size => size == 1)] : target.shape;
        var fits = joined.SequenceEqual(wanted) && shapes.All(shape => shape.Skip(1).SequenceEqual(shapes[0].Skip(1)));
        return fits ? null : $"{string.Join(" + ", source.Names)} ({string.Join(", ", joined)}) instead of ({string.Join(", ", wanted)})";
    }

    private static IReadOnlyList<long> Turned(IReadOnlyList<long> shape, PublishedForm form) => (form, shape) switch
    {
        (PublishedForm.Transposed, [var rows, var columns]) => [columns, rows],
        (PublishedForm.Row, [1, ..]) => [.. shape.Skip(1)],
        _ => shape,
    };
}
