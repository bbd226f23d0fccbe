namespace MLNet.Transformers.Tool.Search;

/// <summary>What is tried once: all that the search chooses.</summary>
/// <param name="Size">The model's size; null where it starts from a folder.</param>
/// <param name="LearningRate">The greatest learning rate.</param>
/// <param name="Epochs">Passes over the training rows.</param>
/// <param name="MaxSteps">Steps after which training ends before that, where not even one pass fits the time; otherwise null.</param>
/// <param name="PretrainingEpochs">Passes over the texts before, learning to guess hidden words; 0 for none.</param>
internal sealed record Trial(ModelSize? Size, double LearningRate, int Epochs, long? MaxSteps = null, int PretrainingEpochs = 0);
