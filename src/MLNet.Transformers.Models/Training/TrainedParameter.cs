using TorchSharp.Modules;

namespace MLNet.Transformers.Models;

/// <summary>A parameter that training changes.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Depth">How far from the input it stands.</param>
/// <param name="Parameter">The parameter.</param>
internal sealed record TrainedParameter(string Name, int Depth, Parameter Parameter);
