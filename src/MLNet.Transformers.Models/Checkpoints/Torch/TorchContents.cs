namespace MLNet.Transformers.Models;

/// <summary>What a file of tensors holds: their descriptions, and where in the file each storage's bytes are.</summary>
internal sealed record TorchContents(IReadOnlyDictionary<string, TorchTensor> Tensors, IReadOnlyDictionary<string, FileRange> Storages);

/// <summary>A run of bytes of a file.</summary>
internal readonly record struct FileRange(long Start, long Length);
