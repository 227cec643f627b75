"""What the doctor of chapter 00 says."""

STRINGS = {
    "what": {"en": "What", "zh": "检查项"},
    "found": {"en": "Found", "zh": "现状"},
    "verdict": {"en": "Verdict", "zh": "结论"},
    "ok": {"en": "ok", "zh": "正常"},
    "look": {"en": "look", "zh": "请看一眼"},
    "do": {"en": "do this", "zh": "请处理"},
    "untried": {"en": "not tried", "zh": "没有试"},
    "all_well": {"en": "All well: {n} lines, nothing to do.", "zh": "一切就绪：共 {n} 项，没有需要处理的。"},
    "to_look": {
        "en": "Nothing to do; {n} of {total} lines only you can judge: look at them.",
        "zh": "没有需要处理的；共 {total} 项，其中 {n} 项要你自己看一眼。",
    },
    "left_out": {
        "en": " Not tried, since no chapter needs it: {n}.",
        "zh": "另有 {n} 项没有试，因为各章都用不到。",
    },
    "to_do": {
        "en": "{n} of {total} lines ask something of you: do what they say.",
        "zh": "共 {total} 项，其中 {n} 项需要处理，请照它说的做。",
    },
    "python_advice": {
        "en": "The course needs Python 3.11, 3.12 or 3.13. Make a new environment with one of them.",
        "zh": "本课程需要 Python 3.11、3.12 或 3.13，请用其中一个版本新建环境。",
    },
    "missing": {"en": "not installed", "zh": "未安装"},
    "install": {
        "en": "Run %pip install \"{requirement}\" in a cell, then restart the kernel.",
        "zh": "请在单元格里运行 %pip install \"{requirement}\"，再重启内核。",
    },
    "lab_elsewhere": {
        "en": "not beside this kernel; the notebook is open all the same",
        "zh": "不在本内核的环境里；笔记本已经打开，不受影响",
    },
    "front_end": {"en": "Front end", "zh": "运行界面"},
    "jupyter": {"en": "Jupyter (JupyterLab or Notebook)", "zh": "Jupyter（JupyterLab 或 Notebook）"},
    "colab": {"en": "Google Colab", "zh": "Google Colab"},
    "binder": {"en": "JupyterLab on Binder", "zh": "Binder 上的 JupyterLab"},
    "vscode": {"en": "VS Code", "zh": "VS Code"},
    "vscode_advice": {
        "en": "If a slider does not appear, trust the workspace and allow widgets when VS Code asks.",
        "zh": "如果滑块没有出现，请信任工作区，并在 VS Code 询问时允许加载控件。",
    },
    "no_front_end": {"en": "none", "zh": "没有"},
    "no_front_end_advice": {
        "en": "No notebook is open, so sliders cannot be drawn. Run: jupyter lab --preferred-dir notebooks",
        "zh": "没有打开笔记本，无法显示滑块。请运行：jupyter lab --preferred-dir notebooks",
    },
    "glyphs": {"en": "Characters", "zh": "文字显示"},
    "glyphs_advice": {
        "en": "You should see four Chinese characters, a smiling face and a root sign. Where an empty "
              "box stands instead, install a font: on Debian or Ubuntu, "
              "sudo apt-get install fonts-noto-cjk fonts-noto-color-emoji",
        "zh": "这里应该有四个汉字、一个笑脸和一个根号。如果看到的是空方框，请安装字体；"
              "Debian 或 Ubuntu 上可运行：sudo apt-get install fonts-noto-cjk fonts-noto-color-emoji",
    },
    "memory": {"en": "Free memory", "zh": "可用内存"},
    "memory_found": {"en": "{free:.1f} GB", "zh": "{free:.1f} GB"},
    "memory_advice": {
        "en": "The chapters need about 1.5 GB. Shut down other kernels or close other programs.",
        "zh": "每章大约需要 1.5 GB。请关闭其他内核或程序。",
    },
    "root": {"en": "Course folder", "zh": "课程文件夹"},
    "root_advice": {
        "en": "The folder lessons/ is not here, so notebooks cannot be rebuilt. "
              "Clone the whole repository.",
        "zh": "这里没有 lessons/ 文件夹，无法重新生成笔记本。请克隆完整的仓库。",
    },
    "course_model": {"en": "Course model", "zh": "课程模型"},
    "course_found": {
        "en": "{name}, {size:.1f} MB, in the course folder",
        "zh": "{name}，{size:.1f} MB，在课程文件夹里",
    },
    "course_missing": {"en": "{name} is not complete", "zh": "{name} 不完整"},
    "course_advice": {
        "en": "Clone or download the repository again: helpers/weights should hold the model.",
        "zh": "请重新克隆或下载仓库：模型应在 helpers/weights 里。",
    },
    "minilm": {"en": "Packaged model (MiniLM)", "zh": "打包的模型（MiniLM）"},
    "minilm_missing": {"en": "not installed; only the tests use it", "zh": "未安装；只有测试会用到"},
    "hub_model": {"en": "Downloaded model", "zh": "已下载的模型"},
    "hub_cached": {"en": "{name} is in the cache", "zh": "{name} 已在缓存中"},
    "hub_missing": {"en": "{name} is not in the cache; no chapter needs it", "zh": "{name} 不在缓存中；各章都不需要它"},
    "hub": {"en": "Model hub", "zh": "模型库"},
    "hub_offline": {
        "en": "offline (HF_HUB_OFFLINE is set): only models already in the cache can be loaded",
        "zh": "离线（已设置 HF_HUB_OFFLINE）：只能加载缓存里已有的模型",
    },
    "hub_address": {
        "en": "{address}, not asked just now",
        "zh": "{address}，这次没有访问",
    },
    "hub_advice": {
        "en": "It is asked only when you choose a model by its hub name. Where it cannot be reached, start JupyterLab "
              "with HF_ENDPOINT set to a mirror's address, or load a folder.",
        "zh": "只有按名字选用模型库里的模型时才会访问。连不上时，先把 HF_ENDPOINT 设成镜像站的地址，再启动 JupyterLab；"
              "也可以加载磁盘上的文件夹。",
    },
}
