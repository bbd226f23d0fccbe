using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>Poolings under their published names.</summary>
internal sealed class PoolingConverter() : JsonStringEnumConverter<Pooling>(new Names(), allowIntegerValues: false)
{
    private sealed class Names : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name == nameof(Pooling.MeanMax) ? "mean_max" : name.ToLowerInvariant();
    }
}
