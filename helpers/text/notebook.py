"""What the build writes into the notebooks, and what their set-up cell and the copy command say."""

STRINGS = {
    "name": {"en": "English", "zh": "中文"},
    "glossary": {"en": "Glossary", "zh": "术语表"},
    "your_code": {"en": "your code here", "zh": "在这里写代码"},
    "set_up": {
        "en": "Set-up: run this cell first. It finds the course's files and chooses the language.",
        "zh": "准备：请先运行这个单元格。它会找到课程文件，并选定语言。",
    },
    "not_found": {
        "en": "The course's folder `helpers` is neither here nor in any folder above: keep this notebook inside the "
              "course's folder (the one from {address}), and run this cell again.",
        "zh": "在这里以及上级文件夹中都找不到课程的 `helpers` 文件夹：请把这个笔记本放在课程文件夹里"
              "（可从 {address} 获取），再运行一次这个单元格。",
    },
    "not_copied": {
        "en": "The course could not be copied from {address}: git says why above. Check that this address opens in a "
              "browser, then run this cell again.",
        "zh": "无法从 {address} 下载课程，原因见上面 git 的提示。请先看看这个地址能否在浏览器中打开，"
              "再运行一次这个单元格。",
    },
    "not_found_no_address": {
        "en": "The course's folder `helpers` is neither here nor in any folder above: "
              "keep this notebook inside the whole course's folder, and run this cell again.",
        "zh": "在这里以及上级文件夹中都找不到课程的 `helpers` 文件夹："
              "请把这个笔记本放在完整的课程文件夹里，再运行一次这个单元格。",
    },
    "installing": {"en": "Installing what is missing here: {names} …", "zh": "正在安装这里缺少的软件包：{names} ……"},
    "install_failed": {
        "en": "These packages could not be installed: {names}. Check the network, then run the set-up cell again.",
        "zh": "以下软件包安装失败：{names}。请检查网络，再运行一次“准备”单元格。",
    },
    "too_old": {
        "en": "Too old for this course: {found}. Run %pip install --upgrade {install} in a cell, restart the kernel, "
              "then run this cell again.",
        "zh": "版本太旧，本课程用不了：{found}。请在单元格里运行 %pip install --upgrade {install}，重启内核，"
              "再运行一次这个单元格。",
    },
    "copied": {"en": "Copied: {file}", "zh": "已复制：{file}"},
    "kept": {
        "en": "Kept: {file} is already there and was left as it is. For a fresh copy, rename yours first.",
        "zh": "已保留：{file} 已经存在，没有改动。想要一份新的，请先给你的那份改名。",
    },
    "copy_done": {
        "en": "{copied} copied, {kept} kept. Work in the folder {folder}: updates of the course never touch it.",
        "zh": "复制了 {copied} 个，保留了 {kept} 个。请在 {folder} 文件夹里学习：更新课程时不会动到它。",
    },
    "no_notebooks": {
        "en": "There are no notebooks in {folder}; build them with: python lessons/build.py",
        "zh": "{folder} 里没有笔记本；请先生成：python lessons/build.py",
    },
}
