using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>Poolings under their published names: <c>cls</c>, <c>mean_max</c>.</summary>
internal sealed class PoolingConverter() : JsonStringEnumConverter<Pooling>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
