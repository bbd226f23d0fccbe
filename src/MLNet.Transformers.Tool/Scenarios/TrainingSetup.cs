using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>What all trials of a search have in common.</summary>
/// <param name="Dataset">The data.</param>
/// <param name="PretrainedFolder">The folder that training starts from; null for from scratch.</param>
/// <param name="Seed">Decides the split, the random weights and the shuffles.</param>
/// <param name="GpuDeviceId">The CUDA device; null for the CPU.</param>
internal sealed record TrainingSetup(Dataset Dataset, string? PretrainedFolder, int Seed, int? GpuDeviceId);
